//! The curves as comma-separated values: `model,step,train_loss,train_accuracy,test_loss,test_accuracy`.
//!
//! A line for each point, models one after another. Numbers are the shortest that read back to the same `f64`; a cell is
//! empty where there is no value (no labelled sample was met since the point before).

use crate::experiment::{Curve, Curves};
use crate::refusal::english::number;

/// The table of `curves`, header first.
pub fn csv(curves: &Curves) -> String {
    let mut text = String::from("model,step,train_loss,train_accuracy,test_loss,test_accuracy\n");
    add(&mut text, "teacher", &curves.teacher);
    add(&mut text, "student_alone", &curves.student_alone);
    add(&mut text, "student_distilled", &curves.student_distilled);
    if let Some(refined) = &curves.student_refined {
        add(&mut text, "student_refined", refined);
    }
    text
}

fn add(text: &mut String, model: &str, curve: &Curve) {
    for (i, step) in curve.step.iter().enumerate() {
        text.push_str(model);
        text.push(',');
        text.push_str(&step.to_string());
        for column in [&curve.train_loss, &curve.train_accuracy, &curve.test_loss, &curve.test_accuracy] {
            text.push(',');
            // Nothing stands for what is no number.
            if column[i].is_finite() {
                text.push_str(&number(column[i]));
            }
        }
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_a_point_and_an_empty_cell_what_there_is_not() {
        let curve = |step| Curve {
            step: vec![step],
            train_loss: vec![0.1 + 0.2],
            train_accuracy: vec![f64::NAN],
            test_loss: vec![2.0],
            test_accuracy: vec![0.5],
        };
        let curves = Curves {
            teacher: curve(3),
            student_alone: curve(5),
            student_distilled: curve(5),
            student_refined: None,
        };
        let text = csv(&curves);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 4);
        assert_eq!(lines[1], "teacher,3,0.30000000000000004,,2,0.5");
        assert!(lines[3].starts_with("student_distilled,5,"));
    }
}
