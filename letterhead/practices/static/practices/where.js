// Country and time zone as the browser's clock has them, unless someone has chosen already.
// Without scripts they begin with the country of the browser's language.
const field = (name) => document.querySelector(`[data-where] select[name=${name}]`);
const find = (select, value) => [...(select?.options ?? [])].find((one) => value && one.value === value);

function isAsItCame(select) {
  const first = [...select.options].findIndex((one) => one.defaultSelected);
  return select.selectedIndex === Math.max(first, 0);
}

function begin(select, option) {
  if (option && isAsItCame(select)) option.selected = true;
}

const zones = field("time_zone");
const found = find(zones, Intl.DateTimeFormat().resolvedOptions().timeZone);
if (found?.dataset.country) {
  begin(zones, find(zones, found.dataset.now) ?? found);
  begin(field("country"), find(field("country"), found.dataset.country));
}
