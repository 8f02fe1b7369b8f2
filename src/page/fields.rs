//! The fields of forms, and what stands above a form that was refused. They are compiled here once; a macro is
//! compiled again wherever it is called, and forms have hundreds of fields.

use std::fmt::Display;

use super::Page;

/// What every field has: a name, a label, perhaps a hint and a problem.
pub struct Field<'a> {
    page: &'a Page,
    name: &'a dyn Display,
    label_key: &'a str,
    error: Option<&'a dyn Display>,
    hint_key: &'a str,
    is_required: bool,
}

/// A choice: its value, its words, whether it is chosen.
type Choice<'a> = (&'a str, &'a str, bool);

pieces! {
    /// A line of text.
    TextField, "fields/text.html" {
        field: Field<'a>,
        value: &'a dyn Display,
        kind: &'a str,
        autocomplete: &'a str,
        width: &'a str,
        maxlength: &'a dyn Display
    }
    /// Several lines of text.
    TextArea, "fields/textarea.html" {
        field: Field<'a>,
        value: &'a dyn Display,
        rows: &'a dyn Display,
        maxlength: &'a dyn Display
    }
    /// A list to choose from.
    Select, "fields/select.html" { field: Field<'a>, options: Vec<Choice<'a>>, empty_key: &'a str }
    /// Choices that are all seen at once.
    Radios, "fields/radios.html" { field: Field<'a>, options: Vec<Choice<'a>> }
    /// A box to tick.
    Checkbox, "fields/checkbox.html" { field: Field<'a>, is_checked: bool }
    /// A file to hand in.
    FileField, "fields/file.html" { field: Field<'a>, accept: &'a str }
    /// What was wrong with a form: field, "" where it is about none, and message, each a way to its field.
    ErrorSummary, "fields/summary.html" { page: &'a Page, lines: Vec<(&'a str, &'a str)> }
}

impl Page {
    /// A field, required and without a hint unless it is said otherwise.
    pub fn field<'a>(
        &'a self,
        name: &'a impl Display,
        label_key: &'a str,
        error: &'a Option<impl Display>,
    ) -> Field<'a> {
        let error = error.as_ref().map(|error| error as &dyn Display);
        Field { page: self, name, label_key, error, hint_key: "", is_required: true }
    }

    /// The problems of a form: field and message each. Nothing where there are none.
    pub fn error_summary<'a, F: AsRef<str>, M: AsRef<str>>(
        &'a self,
        errors: &'a [(F, M)],
    ) -> ErrorSummary<'a> {
        let lines = errors.iter().map(|(field, message)| (field.as_ref(), message.as_ref()));
        ErrorSummary { page: self, lines: lines.collect() }
    }
}

impl<'a> Field<'a> {
    /// With the key of a hint, "" for none.
    pub fn hint(self, hint_key: &'a str) -> Field<'a> {
        Field { hint_key, ..self }
    }

    /// Whether something has to be said there.
    pub fn required(self, is_required: &bool) -> Field<'a> {
        Field { is_required: *is_required, ..self }
    }

    /// A line of text. `width` is "" (30em), "short" or "code".
    pub fn text(
        self,
        value: &'a impl Display,
        kind: &'a str,
        autocomplete: &'a str,
        width: &'a str,
        maxlength: &'a impl Display,
    ) -> TextField<'a> {
        TextField { field: self, value, kind, autocomplete, width, maxlength }
    }

    /// Several lines of text.
    pub fn textarea(
        self,
        value: &'a impl Display,
        rows: &'a impl Display,
        maxlength: &'a impl Display,
    ) -> TextArea<'a> {
        TextArea { field: self, value, rows, maxlength }
    }

    /// A list to choose from; `empty_key` is the text of a first choice with the value "", "" for none.
    pub fn select<V: AsRef<str>, L: AsRef<str>>(
        self,
        options: &'a [(V, L, bool)],
        empty_key: &'a str,
    ) -> Select<'a> {
        Select { field: self, options: choices(options), empty_key }
    }

    /// Choices that are all seen at once.
    pub fn radios<V: AsRef<str>, L: AsRef<str>>(self, options: &'a [(V, L, bool)]) -> Radios<'a> {
        Radios { field: self, options: choices(options) }
    }

    /// A box that sends "on" when it is ticked.
    pub fn checkbox(self, is_checked: &bool) -> Checkbox<'a> {
        Checkbox { field: self, is_checked: *is_checked }
    }

    /// A file of some kinds, as `accept` takes them: ".csv,.xlsx".
    pub fn file(self, accept: &'a str) -> FileField<'a> {
        FileField { field: self, accept }
    }
}

fn choices<V: AsRef<str>, L: AsRef<str>>(options: &[(V, L, bool)]) -> Vec<Choice<'_>> {
    options.iter().map(|(value, label, chosen)| (value.as_ref(), label.as_ref(), *chosen)).collect()
}
