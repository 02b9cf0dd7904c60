//! A laid-out drawing made readable: arrows lie under the boxes, their words over everything with a white rim, and a line says
//! what the looks mean. In: SVG as the layout writes it; out: SVG.

/// What the looks mean, for whoever sees them; each is also said in words on its box.
const LEGEND: &str = "white: holds; grey: does not hold; yellow: not known; thick frame: a verdict; round corners: what \
                      defeats one; dashed arrow: counts by its not holding";

/// Room for the line of the legend.
const ROOM: f64 = 34.0;
/// Pixels a letter of it takes.
const LETTER: f64 = 6.6;

/// The size of a drawing with its legend.
pub(super) fn with_legend(width: f64, height: f64) -> (f64, f64) {
    let letters = u32::try_from(LEGEND.len()).unwrap_or(u32::MAX);
    (
        width.max(f64::from(letters) * LETTER).ceil(),
        (height + ROOM).ceil(),
    )
}

/// The drawing of this height in three layers, with its legend.
pub(super) fn layered(drawn: &str, height: f64) -> String {
    let legend = format!(
        "<text x=\"12\" y=\"{}\" font-size=\"12\" font-family=\"Helvetica, Arial, sans-serif\">{LEGEND}</text>\n",
        height - 12.0
    );
    let Some((before, after)) = drawn.rsplit_once("</svg>") else {
        return drawn.to_owned();
    };
    let arrows = before
        .find("<path id=\"arrow")
        .and_then(|at| before[..at].rfind("<g"));
    let boxes = before.find("<g");
    let (Some(boxes), Some(arrows)) = (boxes, arrows) else {
        return format!("{before}{legend}</svg>{after}");
    };
    let (mut lines, mut words) = (String::new(), String::new());
    let mut rest = &before[arrows..];
    while let Some((line, label)) = rest.split_once("<text><textPath") {
        lines.push_str(line);
        let (label, further) = label.split_once("</text>").unwrap_or((label, ""));
        words.push_str("<text stroke=\"white\" stroke-width=\"5\" stroke-linejoin=\"round\" paint-order=\"stroke\"><textPath");
        words.push_str(label);
        words.push_str("</text>\n");
        rest = further;
    }
    lines.push_str(rest);
    format!(
        "{}{lines}\n{}{words}{legend}</svg>{after}",
        &before[..boxes],
        &before[boxes..arrows]
    )
}

#[cfg(test)]
mod tests {
    use super::layered;

    #[test]
    fn arrows_lie_under_the_boxes_and_words_over_them() {
        let drawn = "<svg><g ><rect/></g><g><path id=\"arrow0\"/></g>\n<text><textPath href=\"#arrow0\">owed</textPath></text></svg>";
        let layered = layered(drawn, 100.0);
        let place = |what: &str| layered.find(what).expect(what);
        assert!(place("arrow0\"/>") < place("<rect/>"));
        assert!(place("<rect/>") < place(">owed<"));
        assert!(layered.contains("dashed arrow") && layered.ends_with("</svg>"));
    }
}
