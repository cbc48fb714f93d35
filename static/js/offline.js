// Lets pages that were read open again without a network: sw.js does the work. A page that the phone
// keeps says so at its end.
if ("serviceWorker" in navigator) {
  addEventListener("load", async () => {
    try {
      await navigator.serviceWorker.register("/sw.js");
      const { active } = await navigator.serviceWorker.ready;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => {
        if (typeof data !== "string" || !data) return;
        const line = document.createElement("p");
        line.className = "kept";
        line.textContent = data;
        document.querySelector("footer p").after(line);
      };
      active.postMessage(location.pathname + location.search, [port2]);
    } catch {
      // No room, or not allowed here: pages then need a network.
    }
  });
}
