"""The text engine: what a plank's text is made of, and how two wordings of it are compared and put together.

Where to look:

- `canonical` brings what was typed into the one form that is stored, hashed and counted;
- `parser` is the listed subset of Markdown that planks are written in; anything else in a text is shown as text;
- `units` is the front door: a text cut into headings, paragraphs, list items, quotes and footnotes (`model` says what
  each of them is, `reading` cuts, `outline` nests them for a page, `editing` changes one and leaves the rest alone);
- `align` finds each unit's counterpart in another wording (`similarity` says how alike two units are);
- `words` cuts a unit into words, spaces and punctuation, `diff` compares two units word by word;
- `redline` sets two wordings beside each other for a reader, `telling` says the same in words, and `editorial` whether
  only punctuation differs;
- `touch` says which places an amendment touches (`layout` holds the lines of each unit and those between), and
  `operations` writes down what it does, to be stored;
- `instructions` reads and writes amendments in words ("leave out “X” and insert “Y”");
- `merge` puts an open amendment into an adopted one, or says where they conflict: `weave` word by word, `order` for
  the order of units, `regroup` for split and joined paragraphs, `emphasis` and `marks` for bold words and links,
  `assemble` for the lines, `naming` for the ids, `belonging` for what stands under what, `further` where one says the
  same and more, `shifted` and `elsewhere` for words that one side moves and the other takes out, `soundness` for the
  whole, `notes` for what to read with care, `outcome` for what comes of it;
  `graph` says which of many amendments are to be chosen between, with `rivals` for those of one unit; `adoption`
  adopts several in turn;
  `settling` puts in what a person settled;
- `whole` compares two texts sign by sign, `lines` numbers printed lines, `showing` writes a redline for a terminal;
- `cli` and `tasks` are the command line, described in docs/text-engine.md;
- `blame` says what brought each unit and what changed it since, `line_marks` marks in its HTML where its lines begin;
- `render` turns one unit into HTML, or into its bare words.

Every function takes values and gives values; the same input gives the same bytes on every machine.
"""

ENGINE_VERSION = 1
