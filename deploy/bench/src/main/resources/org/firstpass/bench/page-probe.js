// Times what a person sees, from outside the page: when input came, and in which frame the pixels of a canvas changed.
// Needs nothing of the page but its canvases, so that it serves for pages of others too.

window.pageProbe = (() => {
  const inked = (data) => {
    let bright = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at] + data[at + 1] + data[at + 2] > 60) bright++;
    return bright > data.length / 4 / 10;
  };
  // A canvas of WebGL is copied in the frame in which it was drawn; after it, it may be empty.
  const copy = document.createElement("canvas");
  const pixels = (canvas, x, y, width, height) => {
    copy.width = width;
    copy.height = height;
    const context = copy.getContext("2d", { willReadFrequently: true });
    context.drawImage(canvas, x, y, width, height, 0, 0, width, height);
    return context.getImageData(0, 0, width, height).data;
  };
  const afterFrame = (work) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = work;
    channel.port2.postMessage(0);
  };
  const result = {};

  return {
    result,
    /** From the next key or button to the first frame in which the middle of the canvas shows something. */
    picture(selector) {
      delete result.picture;
      const begun = (event) => {
        removeEventListener("keydown", begun, true);
        removeEventListener("pointerdown", begun, true);
        const start = event.timeStamp;
        const look = () => {
          const canvas = document.querySelector(selector);
          if (canvas && canvas.width > 64 && inked(pixels(canvas, canvas.width / 2 - 32, canvas.height / 2 - 32, 64, 64))) {
            afterFrame(() => (result.picture = performance.now() - start));
          } else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
        result.begun = start;
      };
      addEventListener("keydown", begun, true);
      addEventListener("pointerdown", begun, true);
    },
    /** From the navigation to the first frame in which one of these canvases shows something. */
    arrival(selector) {
      performance.setResourceTimingBufferSize(10_000);
      const look = () => {
        const shown = [...document.querySelectorAll(selector)].some(
          (canvas) => canvas.width > 200 && canvas.height > 200 && inked(pixels(canvas, canvas.width / 2 - 32, canvas.height / 2 - 32, 64, 64)),
        );
        if (shown) afterFrame(() => (result.arrival = performance.now()));
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    },
    /** How many answers of addresses with this in them have come, and when the last one did. */
    fetched(part) {
      const found = performance.getEntriesByType("resource").filter((entry) => entry.name.includes(part));
      return [found.length, Math.max(0, ...found.map((entry) => entry.responseEnd))];
    },
    /** How long after that input a condition came true. */
    since(name, condition) {
      delete result[name];
      const look = () => (condition() ? (result[name] = performance.now() - result.begun) : requestAnimationFrame(look));
      requestAnimationFrame(look);
    },
    /** Places on the page, apart from each other, where a canvas is reddish within so many pixels all around. */
    reddish(selector, apart, around) {
      const canvas = document.querySelector(selector);
      const { width, height } = canvas;
      const box = canvas.getBoundingClientRect();
      const ratio = canvas.width / box.width;
      const data = pixels(canvas, 0, 0, width, height);
      const red = (x, y) => {
        const at = 4 * (Math.round(y) * width + Math.round(x));
        return data[at] - data[at + 2] > 25 && data[at] - data[at + 1] > 10;
      };
      const places = [];
      for (let y = around; y < height - around; y += apart)
        for (let x = around; x < width - around; x += apart)
          if ([[0, 0], [around, 0], [-around, 0], [0, around], [0, -around]].every(([dx, dy]) => red(x + dx, y + dy)))
            places.push([box.left + x / ratio, box.top + y / ratio]);
      return places;
    },
    /** From the next press (or move, while pressed) to the first frame in which a pixel of the canvas is another one. */
    change(selector, kind, x, y) {
      delete result.change;
      const canvas = document.querySelector(selector);
      const box = canvas.getBoundingClientRect();
      const ratio = canvas.width / box.width;
      const read = () => pixels(canvas, Math.round((x - box.left) * ratio), Math.round((y - box.top) * ratio), 1, 1).join();
      const before = read();
      const begun = (event) => {
        removeEventListener(kind, begun, true);
        const start = event.timeStamp;
        // Looked at after the frame: what the page draws in it, it may draw after this callback.
        const look = () => requestAnimationFrame(() => afterFrame(() => (read() === before ? look() : (result.change = performance.now() - start))));
        look();
      };
      addEventListener(kind, begun, true);
    },
  };
})();
