"""What may be said in an instruction: the patterns of its sentences, from the smallest part to the whole.

They are matched against the shape of an instruction, in which every quotation is one word, so that nothing quoted is
ever read as an instruction; no pattern repeats within a repetition, so reading takes time in step with the length.
"""

import re

ORDINALS = {
    **{
        word: number
        for number, word in enumerate(
            ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], start=1
        )
    },
    **dict.fromkeys(["last", "final"], -1),
}
_ORDINAL = rf"(?:{'|'.join(ORDINALS)}|\d{{1,5}}(?:st|nd|rd|th))"
_TIMES = r"(?:occurrence|instance|mention|appearance|use|time)"
_NUMBER = r"\d{1,6}(?:\.\d{1,6})*"
_UNIT = r"(?:paragraphs?|para|paras|clauses?|bullets?|items?|points?)"


def _place(name: str) -> str:
    """A line, a run of lines, a paragraph or a run of paragraphs."""
    return (
        rf"(?:(?P<{name}_kind>lines?|{_UNIT}) (?P<{name}_from>{_NUMBER})(?: (?:to|-) (?P<{name}_to>{_NUMBER}))?"
        rf"|(?P<{name}_ordinal>{_ORDINAL}) (?P<{name}_named>{_UNIT}))"
    )


def _anchor(name: str) -> str:
    """Quoted words, with what says which of several places is meant."""
    return (
        rf"(?:(?P<{name}_which>{_ORDINAL}) (?:{_TIMES} (?:of )?)?)?Q(?P<{name}>\d+)"
        rf"(?: (?:where it (?P<{name}_where>{_ORDINAL}) (?:occurs|appears)"
        rf"|\( (?P<{name}_nth>{_ORDINAL})(?: {_TIMES})? \)|(?P<{name}_occurrence>{_ORDINAL}) {_TIMES}))?"
        rf"(?: \(? ?(?:(?:in|on|at|of) )?{_place(f'{name}_in')}(?: \))?)?"
    )


_INSERT = r"(?:insert|add|put|append)"
_DELETE = r"(?:leave out|omit|delete|remove|strike out|strike|cut|take out|erase)"
_INSTEAD = r"(?: (?:instead|there|in its place|in their place|in lieu thereof|in lieu))?"
_ALL = r"(?:all|everything|whole|whole text|entire text|all text|whole motion|entire motion)"
_OWN = r"(?: of (?:motion|text|amendment|plank))?"
_BLOCK = r"(?:(?:(?:as )?(?:new|further) (?P<new>paragraph|bullet|item|clause)(?: \d+)? )|(?:following )?)"

_END = rf"end(?: of (?:{_place('end_of')}|(?P<end_whole>motion|text|plank|question|resolution)))?"
_TARGET = (
    rf"(?:(?:(?:all|everything) )?(?:from )?(?P<after>after )?{_anchor('first')}"
    rf" (?P<upto>to before|up to but not including|to|up to and including|up to|until|through|-)"
    rf" (?:{_END}|{_anchor('second')})(?: inclusive)?"
    rf"|from (?:beginning|start){_OWN} (?P<head_upto>to|up to and including|up to|until) {_anchor('head')}"
    rf"|(?:all|everything) after {_anchor('rest')}(?: to end)?"
    rf"|(?:(?P<every>every|each|all|both)(?: (?:occurrences|instances|mentions|occurrence|instance) of)? )"
    rf"{_anchor('each')}"
    rf"|{_anchor('target')}(?P<throughout> (?:wherever|wherever it|wherever they) (?:occurs?|appears?)| throughout)?"
    rf"|{_place('block')}|(?P<all>{_ALL}){_OWN})"
)
_WHERE = (
    rf"(?:(?P<side>after|before) (?:{_anchor('beside')}|{_place('by')})"
    rf"|between {_anchor('left')} and {_anchor('right')}"
    rf"|(?:at |to )?{_END}|(?:at |to )?(?P<top>beginning|start|top)(?: of (?:{_place('top_of')}|motion|text|plank))?)"
)
_WORDS = r"Q(?P<words>\d+)"

SCOPE = re.compile(rf"(?:(?:in|on|at|of) )?{_place('scope')}(?: -)?(?= |$)")
JOINTS = re.compile(r" *(?:; |;$|and |then |also |#(?: |$)|and$|- )* *")
ACTIONS = tuple(
    re.compile(pattern + r"(?= |$)")
    for pattern in (
        rf"{_DELETE} {_TARGET}(?: ;)?(?: and)?(?: then)?"
        rf" (?:(?:{_INSERT}|substitute){_INSTEAD}|replace(?: it| them)?(?: with| by))(?: following)?(?: -)?"
        rf" {_WORDS}{_INSTEAD}(?! (?:after|before|at|between|to|in)\b)",
        rf"{_DELETE} {_TARGET}",
        rf"(?:replace|substitute) {_TARGET} (?:with|by)(?: following)?(?: -)? {_WORDS}",
        rf"(?:change|amend|alter) {_TARGET} to(?: read)?(?: -)? {_WORDS}",
        rf"substitute {_WORDS} (?:for|in place of) {_TARGET}",
        rf"for {_TARGET} (?:substitute|insert|read)(?: -)? {_WORDS}",
        rf"{_INSERT} (?:{_BLOCK})?{_WORDS}(?: immediately)? {_WHERE}",
        rf"{_INSERT}(?: immediately)? {_WHERE} (?:{_BLOCK})?(?:- )?{_WORDS}",
        rf"{_INSERT} {_BLOCK}(?:immediately )?{_WHERE} (?:- )?{_WORDS}",
        rf"(?:immediately )?{_WHERE} {_INSERT} (?:{_BLOCK})?(?:- )?{_WORDS}",
    )
)
NOTHING = re.compile(r"(?:make )?no changes?(?: ;)?")
