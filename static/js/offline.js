// Lets pages that were read open again without a network: sw.js does the work.
if ("serviceWorker" in navigator) {
  addEventListener("load", async () => {
    try {
      const first = !navigator.serviceWorker.controller;
      await navigator.serviceWorker.register("/sw.js");
      const { active } = await navigator.serviceWorker.ready;
      active.postMessage(first ? location.pathname + location.search : ""); // "": renew what is old
    } catch {
      // No room, or not allowed here: pages then need a network.
    }
  });
}
