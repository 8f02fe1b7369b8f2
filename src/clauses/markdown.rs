//! The words of clauses as pages show them: headings, paragraphs, lists of one or two levels, bold and
//! italic. Nothing that was written stays hidden from who signs: what would be a link, an image, raw
//! HTML or the target of a link elsewhere, stands here as the text that it was written as.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// A piece of a text, from its beginning to its end.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// With its level on a page: 3 to 6, as the page itself has the first two.
    Heading(u8, Line),
    Paragraph(Line),
    List(List),
    Rule,
}

/// Words in a row.
pub type Line = Vec<Span>;

/// Words that look the same. The text of a line break is `"\n"`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Span {
    pub text: String,
    pub bold: bool,
    pub italic: bool,
}

/// A list with bullets, or with numbers from `start` on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct List {
    pub start: Option<u64>,
    /// Each with its paragraphs and the lists below it.
    pub items: Vec<Vec<Part>>,
}

/// A part of an item. The items of a list inside another have lines only.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    Line(Line),
    List(List),
}

impl Block {
    pub fn heading(&self) -> Option<(u8, &Line)> {
        match self {
            Block::Heading(level, line) => Some((*level, line)),
            _ => None,
        }
    }

    pub fn paragraph(&self) -> Option<&Line> {
        match self {
            Block::Paragraph(line) => Some(line),
            _ => None,
        }
    }

    pub fn list(&self) -> Option<&List> {
        match self {
            Block::List(list) => Some(list),
            _ => None,
        }
    }
}

impl Part {
    pub fn line(&self) -> Option<&Line> {
        match self {
            Part::Line(line) => Some(line),
            Part::List(_) => None,
        }
    }

    pub fn list(&self) -> Option<&List> {
        match self {
            Part::List(list) => Some(list),
            Part::Line(_) => None,
        }
    }
}

impl Span {
    pub fn is_break(&self) -> bool {
        self.text == "\n"
    }
}

/// Reads a text.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut parser = Parser::new_ext(text, Options::empty());
    let mut reader = Reader::default();
    for event in parser.by_ref() {
        reader.take(event);
    }
    reader.end_line();
    // Targets of links stand nowhere among the events.
    let mut targets: Vec<&std::ops::Range<usize>> =
        parser.reference_definitions().iter().map(|(_, target)| &target.span).collect();
    targets.sort_by_key(|span| span.start);
    for span in targets {
        reader.say(text[span.clone()].trim());
        reader.end_line();
    }
    reader.blocks
}

/// Levels of lists that keep their form.
const LEVELS: usize = 2;

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// The lists around the next words, the outermost first.
    lists: Vec<List>,
    /// Lists below the last level: their items are lines of the item above.
    deeper: usize,
    line: Line,
    level: Option<u8>,
    bold: usize,
    italic: usize,
    /// What follows the words of a link: where it would lead, and what it would say there.
    links: Vec<String>,
}

impl Reader {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.say(&text),
            Event::Html(text) | Event::InlineHtml(text) => self.say(&text),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.say(&text),
            Event::FootnoteReference(text) => self.say(&text),
            Event::SoftBreak => self.say(" "),
            Event::HardBreak => self.say("\n"),
            Event::Rule => {
                self.end_line();
                if self.lists.is_empty() {
                    self.blocks.push(Block::Rule);
                }
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Strong => self.bold += 1,
            Tag::Emphasis => self.italic += 1,
            Tag::Link { dest_url, title, .. } | Tag::Image { dest_url, title, .. } => {
                let parts = [dest_url, title];
                let said: Vec<&str> =
                    parts.iter().map(|part| &**part).filter(|part| !part.is_empty()).collect();
                self.links.push(said.join(" "));
            }
            Tag::Heading { level, .. } => {
                self.end_line();
                self.level = Some((level as u8 + 2).min(6));
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) if !info.is_empty() => {
                self.end_line();
                self.say(&info);
                self.say("\n");
            }
            Tag::List(start) => {
                self.end_line();
                match self.lists.len() < LEVELS {
                    true => self.lists.push(List { start, items: Vec::new() }),
                    false => self.deeper += 1,
                }
            }
            Tag::Item => {
                self.end_line();
                match self.lists.last_mut() {
                    Some(list) if self.deeper == 0 => list.items.push(Vec::new()),
                    _ => self.say("– "),
                }
            }
            _ => self.end_line(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Emphasis => self.italic = self.italic.saturating_sub(1),
            TagEnd::Link | TagEnd::Image => {
                let target = self.links.pop().filter(|target| !target.is_empty());
                let is_said = |target: &String| {
                    self.line.last().is_some_and(|span| span.text.ends_with(target.as_str()))
                };
                if let Some(target) = target.filter(|target| !is_said(target)) {
                    self.say(&format!(" ({target})"));
                }
            }
            TagEnd::List(_) => {
                self.end_line();
                match self.deeper {
                    0 => self.end_list(),
                    _ => self.deeper -= 1,
                }
            }
            _ => self.end_line(),
        }
    }

    /// Adds words to the line, as marked as what stands around them.
    fn say(&mut self, text: &str) {
        let (bold, italic) = (self.bold > 0, self.italic > 0);
        for (number, piece) in text.split('\n').enumerate() {
            if number > 0 {
                self.line.push(Span { text: "\n".into(), bold: false, italic: false });
            }
            match self.line.last_mut() {
                _ if piece.is_empty() => {}
                Some(last) if !last.is_break() && (last.bold, last.italic) == (bold, italic) => {
                    last.text.push_str(piece);
                }
                _ => self.line.push(Span { text: piece.into(), bold, italic }),
            }
        }
    }

    /// Puts the line where it belongs.
    fn end_line(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        while line.last().is_some_and(Span::is_break) {
            line.pop();
        }
        let level = self.level.take();
        if line.is_empty() {
            return;
        }
        let Some(list) = self.lists.last_mut() else {
            self.blocks.push(match level {
                Some(level) => Block::Heading(level, line),
                None => Block::Paragraph(line),
            });
            return;
        };
        if list.items.is_empty() {
            list.items.push(Vec::new());
        }
        if let Some(item) = list.items.last_mut() {
            item.push(Part::Line(line));
        }
    }

    fn end_list(&mut self) {
        let Some(list) = self.lists.pop() else { return };
        match self.lists.last_mut().and_then(|outer| outer.items.last_mut()) {
            Some(item) => item.push(Part::List(list)),
            None => self.blocks.push(Block::List(list)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(line: &Line) -> String {
        line.iter().map(|span| span.text.as_str()).collect()
    }

    fn all_said(text: &str) -> String {
        let of_list = |list: &List| -> String {
            let parts = list.items.iter().flatten();
            parts
                .map(|part| match part {
                    Part::Line(line) => said(line) + "|",
                    Part::List(inner) => {
                        let lines = inner.items.iter().flatten().filter_map(Part::line);
                        lines.map(|line| said(line) + "|").collect()
                    }
                })
                .collect()
        };
        let of_block = |block: &Block| match block {
            Block::Heading(_, line) | Block::Paragraph(line) => said(line) + "|",
            Block::List(list) => of_list(list),
            Block::Rule => String::new(),
        };
        blocks(text).iter().map(of_block).collect()
    }

    #[test]
    fn headings_paragraphs_and_lists_of_two_levels_keep_their_form() {
        let text = "# Title\n\nOne **bold** and *slanted*\nline.\n\n3. three\n   - below\n     - far\n4. four\n\n---\n";
        let all = blocks(text);
        assert_eq!(all.len(), 4);
        assert_eq!(
            all[0].heading().map(|(level, line)| (level, said(line))),
            Some((3, "Title".into()))
        );
        let line = all[1].paragraph().expect("a paragraph");
        assert_eq!(said(line), "One bold and slanted line.");
        assert!(line[1].bold && !line[1].italic && line[3].italic);
        let list = all[2].list().expect("a list");
        assert_eq!((list.start, list.items.len()), (Some(3), 2));
        let below = list.items[0][1].list().expect("a list below");
        assert_eq!(below.items.len(), 1);
        assert_eq!(all_said(text), "Title|One bold and slanted line.|three|below|– far|four|");
        assert_eq!(all[3], Block::Rule);
    }

    #[test]
    fn nothing_that_was_written_is_hidden_and_nothing_leads_anywhere() {
        for (text, shown) in [
            ("a <script>alert(1)</script> b", "a <script>alert(1)</script> b|"),
            ("<script>\nalert(1)\n</script>", "<script>\nalert(1)\n</script>|"),
            ("We pay<!-- nothing -->.", "We pay<!-- nothing -->.|"),
            ("[a](javascript:alert(1) \"t\")", "a (javascript:alert(1) t)|"),
            ("![a](https://example.org/x.png)", "a (https://example.org/x.png)|"),
            ("<https://example.org>", "https://example.org|"),
            ("We pay.\n\n[//]: # (not)", "We pay.|[//]: # (not)|"),
            ("```not\nat all\n```", "not\nat all|"),
            ("> We say", "We say|"),
            ("a\\\nb `c` &lt;", "a\nb c <|"),
        ] {
            assert_eq!(all_said(text), shown, "{text}");
        }
    }
}
