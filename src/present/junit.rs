//! Results for build servers. In: rows of expectations; out: JUnit XML. Knows no wording of its own.

use super::expectations::Row;
use quick_junit::{NonSuccessKind, Report, SerializeError, TestCase, TestCaseStatus, TestSuite};

/// One suite a file, one test an expectation; cases that could not be judged are errors.
///
/// # Errors
/// When the report cannot be written as XML.
pub fn xml(rows: &[Row], not_judged: &[String]) -> Result<String, SerializeError> {
    let mut report = Report::new("fiducia test");
    let mut suites: Vec<TestSuite> = Vec::new();
    for row in rows {
        let file = row.place.as_ref().map_or("data", |(file, _)| file.as_str());
        let mut status = TestCaseStatus::success();
        if !row.holds() {
            status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(row.instead.join("; "));
            status.set_description(row.why.join("\n"));
        }
        let mut test = TestCase::new(row.expected.as_str(), status);
        test.set_classname(row.world());
        match suites.iter_mut().find(|suite| suite.name.as_str() == file) {
            Some(suite) => {
                suite.add_test_case(test);
            }
            None => {
                let mut suite = TestSuite::new(file);
                suite.add_test_case(test);
                suites.push(suite);
            }
        }
    }
    if !not_judged.is_empty() {
        let mut suite = TestSuite::new("not judged");
        for case in not_judged {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
            status.set_message("it could not be judged; fiducia check says why");
            suite.add_test_case(TestCase::new(case.as_str(), status));
        }
        suites.push(suite);
    }
    report.add_test_suites(suites);
    report.to_string()
}
