// On a practice's own site: gives the scheduler's frame the height that the scheduler tells.
const origin = new URL(document.currentScript.src).origin;

addEventListener("message", ({ origin: from, source, data }) => {
  const height = Number(data?.letterheadHeight);
  if (from !== origin || !(height > 0)) return;
  for (const frame of document.querySelectorAll("iframe[data-letterhead]")) {
    if (frame.contentWindow === source) frame.height = Math.ceil(height);
  }
});
