// What comes from a word processor is pasted as plain Markdown: headings, lists, emphasis and links, and no styles.
const SKIPPED = new Set(["STYLE", "SCRIPT", "META", "TITLE", "LINK", "HEAD", "XML", "IMG", "SVG", "OBJECT"]);
const BLOCKS = "p,div,h1,h2,h3,h4,h5,h6,ul,ol,li,blockquote,table,tr,section,article";

const styled = (element) => (element.getAttribute("data-style") || "").toLowerCase().replace(/\s+/g, "");
const marked = (words, mark) => {
  const [, before, inner, after] = words.match(/^(\s*)([\s\S]*?)(\s*)$/);
  return inner ? `${before}${mark}${inner}${mark}${after}` : words;
};

const isStrong = (element, style) =>
  /font-weight:(bold|[6-9]00)/.test(style) || (/^(B|STRONG)$/.test(element.tagName) && !style.includes("font-weight:normal"));
const isEmphasised = (element, style) =>
  style.includes("font-style:italic") || (/^(I|EM)$/.test(element.tagName) && !style.includes("font-style:normal"));

const inline = (node, inside = "") => {
  if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/[ \t\r\n\u00a0]+/g, " ");
  if (node.nodeType !== Node.ELEMENT_NODE || SKIPPED.has(node.tagName)) return "";
  if (node.tagName === "BR") return "\n";
  const style = styled(node);
  if (style.includes("mso-list:ignore")) return "";
  const strong = isStrong(node, style) && !inside.includes("**");
  const emphasised = isEmphasised(node, style) && !inside.includes("_");
  const within = inside + (strong ? "**" : "") + (emphasised ? "_" : "");
  let words = [...node.childNodes].map((child) => inline(child, within)).join("");
  if (emphasised) words = marked(words, "*");
  if (strong) words = marked(words, "**");
  // The cells of a table's row stand apart, so that their words do not run together.
  if (/^T[DH]$/.test(node.tagName)) words += " ";
  const link = node.tagName === "A" ? node.getAttribute("href") || "" : "";
  return /^(https?:|mailto:)/i.test(link) && words.trim() ? `[${words.trim()}](${link.replace(/[()\s]/g, encodeURIComponent)})` : words;
};

const tidy = (words) => words.replace(/ *\n */g, "\n").replace(/ {2,}/g, " ").trim();

// Word writes its lists as paragraphs, with the sign in a part that it asks others to ignore.
const point = (element) => {
  const level = /mso-list:\w+level(\d)/.exec(styled(element));
  if (!level) return null;
  const sign = [...element.querySelectorAll("span")].find((span) => styled(span).includes("mso-list:ignore"));
  const number = /^\s*(\d{1,3})[.)]/.exec(sign ? sign.textContent : "");
  const outer = "  ".repeat(Math.min(3, Number(level[1]) - 1));
  return `${outer}${number ? `${number[1]}.` : "-"} ${tidy(inline(element)).replace(/\n/g, " ")}`;
};

const list = (element, depth) => {
  let number = Number(element.getAttribute("start")) || 1;
  const lines = [];
  for (const child of element.children) {
    if (/^(UL|OL)$/.test(child.tagName)) lines.push(...list(child, depth + 1));
    if (child.tagName !== "LI") continue;
    const inner = [...child.querySelectorAll(":scope > ul, :scope > ol")];
    const own = [...child.childNodes].filter((node) => !inner.includes(node));
    const sign = element.tagName === "OL" ? `${number++}.` : "-";
    lines.push(`${"   ".repeat(depth)}${sign} ${tidy(own.map((node) => inline(node)).join("")).replace(/\n+/g, " ")}`);
    for (const deeper of inner) lines.push(...list(deeper, depth + 1));
  }
  return lines;
};

const blocks = (element) => {
  const found = [];
  let run = "";
  const end = () => {
    if (tidy(run)) found.push(tidy(run));
    run = "";
  };
  for (const node of element.childNodes) {
    const tag = node.nodeType === Node.ELEMENT_NODE ? node.tagName : "";
    const isBlock = tag && (node.matches(BLOCKS) || node.querySelector(BLOCKS));
    if (!isBlock) {
      run += inline(node);
      continue;
    }
    end();
    const item = point(node);
    if (item !== null) found.push(item);
    else if (/^H[1-6]$/.test(tag)) found.push(`${Number(tag[1]) < 3 ? "##" : "###"} ${tidy(inline(node)).replace(/\*\*/g, "").replace(/\n/g, " ")}`);
    else if (/^(UL|OL)$/.test(tag)) found.push(list(node, 0).join("\n"));
    else if (tag === "BLOCKQUOTE") found.push(blocks(node).join("\n\n").split("\n").map((line) => `> ${line}`.trim()).join("\n"));
    else found.push(...(node.querySelector(BLOCKS) ? blocks(node) : [tidy(inline(node))]));
  }
  end();
  return found.filter(Boolean);
};

const isPoint = (block) => /^ *(-|\d{1,3}\.) [^\n]*$/.test(block);
// Styles are read, and never applied: under another name they are nothing to the browser.
const parsed = (html) => {
  const unstyled = html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/\sstyle\s*=/gi, " data-style=");
  return new DOMParser().parseFromString(unstyled, "text/html").body;
};

const joined = (found) => found.reduce((text, block, place) => text + (place === 0 ? "" : isPoint(block) && isPoint(found[place - 1]) ? "\n" : "\n\n") + block, "");

for (const area of document.querySelectorAll("textarea[data-pastes]")) {
  area.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html");
    if (!html) return;
    const words = joined(blocks(parsed(html)));
    if (!words) return;
    event.preventDefault();
    // Told to the browser as typing, so that it can be undone.
    if (!document.execCommand("insertText", false, words)) {
      area.setRangeText(words, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
}
