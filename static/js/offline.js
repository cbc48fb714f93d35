// Lets pages that were read open again without a network: sw.js does the work. A page that the phone
// keeps is ticked at its end.
if ("serviceWorker" in navigator) {
  addEventListener("load", async () => {
    try {
      await navigator.serviceWorker.register("/sw.js");
      const { active } = await navigator.serviceWorker.ready;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => {
        document.querySelector("footer .keeps").classList.toggle("kept", data === true);
      };
      active.postMessage(location.pathname + location.search, [port2]);
    } catch {
      // No room, or not allowed here: pages then need a network.
    }
  });
}
