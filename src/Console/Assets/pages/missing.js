import { empty, heading } from "../parts.js";
import { h } from "../dom.js";

export default function page() {
  return h("div", {}, heading("No such page"), empty("The address does not lead anywhere.", "Choose a page of the navigation."));
}
