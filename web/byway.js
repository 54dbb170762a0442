// Byway: <byway-article>, an article reader that finds another way. Apache-2.0.
import { BywayArticle } from "./element.js";

// A page may hold the script twice, or two versions of it. The first one serves.
if (!customElements.get("byway-article")) customElements.define("byway-article", BywayArticle);

export { BywayArticle };
