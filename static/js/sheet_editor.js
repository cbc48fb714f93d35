// A paragraph that opens on the change page is written in the editor, as on a page of its own.
import { createEditor } from "django-prose-editor/configurable";

addEventListener("htmx:afterSettle", () => {
  for (const area of document.querySelectorAll("form.open [data-django-prose-editor-configurable]")) {
    const isWrittenIn = document.activeElement === area;
    createEditor(area).then((editor) => {
      // At once, not in the frame after as its own command: whoever has gone on is not called back.
      const nobodyWentOn = [area, document.body].includes(document.activeElement);
      if (isWrittenIn && nobodyWentOn) editor?.view.focus();
    });
  }
});
