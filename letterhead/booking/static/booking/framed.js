// In a frame of another site: tells it how high this page is. The height is all that it learns.
if (parent !== window) {
  document.documentElement.classList.add("framed");
  const tell = () => parent.postMessage({ letterheadHeight: document.body.offsetHeight }, "*");
  new ResizeObserver(tell).observe(document.body);
}
