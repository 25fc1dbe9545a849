
const income = document.getElementById("income"), shown = document.getElementById("shown");
const rows = [...document.querySelectorAll(".slider + table tbody tr")];
function show() {
  const cells = [...rows[income.value].children].map(cell => cell.textContent);
  shown.replaceChildren(...cells.map((text, i) => {
    const line = document.createElement("span");
    line.append(document.querySelectorAll(".slider + table thead th")[i].textContent + " ", Object.assign(document.createElement("b"), { textContent: text }));
    return line;
  }));
  income.setAttribute("aria-valuetext", cells[0]);
  rows.forEach((row, i) => row.classList.toggle("now", i == income.value));
}
income.addEventListener("input", show);
show();
