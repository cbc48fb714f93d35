// Lets pages that were read open again without a network: sw.js does the work.
if ("serviceWorker" in navigator) {
  addEventListener("load", async () => {
    const first = !navigator.serviceWorker.controller;
    try {
      await navigator.serviceWorker.register("/sw.js");
      if (!first || location.search) return;
      const { active } = await navigator.serviceWorker.ready;
      active.postMessage(location.pathname);
    } catch {
      // No room, or not allowed here: pages then need a network.
    }
  });
}
