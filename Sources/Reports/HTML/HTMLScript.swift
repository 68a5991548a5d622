/// What the page does: filters and sorts the table of call sites, and opens what is folded before it is printed. Without it
/// the page shows all of it.
enum HTMLScript {
    static let text = """

        (() => {
          "use strict";
          const table = document.getElementById("findings");
          if (table) {
            const bar = document.getElementById("filters");
            const shown = document.getElementById("shown");
            const body = table.tBodies[0];
            const rows = Array.from(body.rows);
            const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
            const selects = [];
            const labelled = (title, control) => {
              const label = document.createElement("label");
              label.append(title, control);
              bar.append(label);
              return control;
            };
            const search = labelled("Search", document.createElement("input"));
            search.type = "search";
            for (const [facet, title] of Object.entries(bar.dataset)) {
              const words = Array.from(new Set(rows.map((row) => row.dataset[facet]))).sort();
              if (words.length < 2) continue;
              const select = labelled(title, document.createElement("select"));
              select.append(new Option("all", ""));
              for (const word of words) select.append(new Option(word, "=" + word));
              selects.push([facet, select]);
            }
            const update = () => {
              const wanted = search.value.trim().toLowerCase();
              let count = 0;
              for (const row of rows) {
                row.hidden = !texts.get(row).includes(wanted)
                  || selects.some(([facet, select]) => select.value && select.value !== "=" + row.dataset[facet]);
                if (!row.hidden) count += 1;
              }
              shown.textContent = count + " of " + rows.length + " call sites shown";
            };
            const reset = document.createElement("button");
            reset.type = "button";
            reset.textContent = "Show all";
            reset.addEventListener("click", () => {
              search.value = "";
              for (const [, select] of selects) select.value = "";
              update();
            });
            bar.append(reset);
            bar.addEventListener("input", update);
            bar.hidden = false;
            update();
            Array.from(table.tHead.rows[0].cells).forEach((head, column) => {
              const button = document.createElement("button");
              button.type = "button";
              button.append(...head.childNodes);
              head.append(button);
              button.addEventListener("click", () => {
                const falling = head.getAttribute("aria-sort") === "ascending";
                for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
                head.setAttribute("aria-sort", falling ? "descending" : "ascending");
                const key = (row) => row.cells[column].textContent;
                rows.sort((a, b) => key(a).localeCompare(key(b), "en", { numeric: true }) * (falling ? -1 : 1));
                body.append(...rows);
              });
            });
          }
          let opened = [];
          addEventListener("beforeprint", () => {
            opened = Array.from(document.querySelectorAll("details:not([open])"));
            for (const part of opened) part.open = true;
          });
          addEventListener("afterprint", () => {
            for (const part of opened) part.open = false;
          });
        })();

        """
}
