// Puts a figure's token where the cursor stands; without this the button sends the form.
const form = document.getElementById("words");
const text = form.querySelector("textarea");

form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=insert]");
  if (!button) return;
  event.preventDefault();
  text.setRangeText(button.value, text.selectionStart, text.selectionEnd, "end");
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
});
