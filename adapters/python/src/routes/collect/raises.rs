//! What is raised by its name, with no call.

use ruff_python_ast::Expr;
use ruff_text_size::Ranged;

use super::Collector;
use crate::routes::facts::{Code, Way};
use crate::routes::parameters::way;

impl Collector<'_> {
    /// `raise NotFound`, which is `raise NotFound()`. What is raised by a call is noted where that stands.
    pub(super) fn raise(&mut self, raised: &Expr) {
        match raised {
            Expr::If(choice) => {
                self.raise(&choice.body);
                self.raise(&choice.orelse);
            }
            Expr::Name(_) | Expr::Attribute(_) => self.raise_name(raised),
            _ => {}
        }
    }

    fn raise_name(&mut self, raised: &Expr) {
        let line = self.reader.line(raised.start());
        match self.reader.made(raised) {
            Some((symbol, false)) => {
                if let Some(way @ (Way::Raise | Way::Close)) = way(&symbol) {
                    self.answer(way, Code::Unknown(self.reader.written(raised)), line);
                }
            }
            _ => self.calls(raised, None, line),
        }
    }
}
