/* Times by the visitor's own clock. Without scripts they are by the practice's, and say so. */
"use strict";
(() => {
  const mine = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const field = document.querySelector("input[name=zone]");
  if (field && !field.value) field.value = mine || "";
  const shown = document.querySelector("[data-zone]");
  const here = new URL(location.href);
  if (mine && shown && shown.dataset.zone !== mine && !here.searchParams.has("zone")) {
    here.searchParams.set("zone", mine);
    location.replace(here);
    return;
  }
  const practice = document.querySelector("[data-zone-of-practice]");
  const note = document.getElementById("zone");
  if (!mine || !practice || !note) return;
  const at = (zone) => new Date().toLocaleString("en-US", { timeZone: zone });
  if (at(mine) === at(practice.dataset.zoneOfPractice)) return;
  const name = mine.split("/").pop().replaceAll("_", " ");
  note.append(" ", practice.dataset.elsewhere.replace("{zone}", name));
})();
