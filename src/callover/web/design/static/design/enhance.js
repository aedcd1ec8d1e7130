// What a page does more with JavaScript; without it every task works all the same.
import { initAll } from "../vendor/govuk-frontend/govuk-frontend.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
