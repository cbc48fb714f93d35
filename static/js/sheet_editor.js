// A paragraph that opens on the change page is written in the editor, as on a page of its own.
import { createEditor } from "django-prose-editor/configurable";

addEventListener("htmx:afterSettle", () => {
  for (const area of document.querySelectorAll("form.open [data-django-prose-editor-configurable]")) {
    const isWrittenIn = document.activeElement === area;
    createEditor(area).then((editor) => {
      // Its own command asks nobody: whoever has gone on to another field is not called back.
      const nobodyWentOn = [area, document.body].includes(document.activeElement);
      if (isWrittenIn && nobodyWentOn) editor?.view.focus();
    });
  }
});
