#include "words/answers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace peercert::words {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

std::string text(const Sheet& sheet) {
    std::string all;
    for (const SheetLine& line : sheet)
        all += std::string(static_cast<std::size_t>(line.indent), ' ') +
               (line.mark.empty() ? "" : "[" + line.mark + "] ") + line.text + "\n";
    return all;
}

const Messages& messages() {
    static const Messages all;
    return all;
}
const Speaker english{messages(), Language::english};
const Speaker spanish{messages(), Language::spanish};

services::PlanAnswer a_plan() {
    services::PlanAnswer plan;
    plan.person.name = "Ana Invented";
    plan.title = "Made-up Peer Specialist";
    plan.step = "to renew certified";
    plan.on = 2026y / 1 / 5;
    services::PlanStage stage;
    stage.step = plan.step;
    stage.edition = "2024";
    stage.edition_chosen_by = "applying";
    stage.outcome = rules::Plan::Outcome::found;
    stage.day = 2026y / 3 / 1;
    stage.minutes = 390;
    stage.cents = 4050;
    services::PlanItem course;
    course.what = "Peer circles";
    course.first_day = 2026y / 2 / 1;
    course.last_day = 2026y / 3 / 1;
    course.minutes = 390;
    course.cents = 4050;
    course.topics = {"peer-specific"};
    services::PlanItem own;
    own.how = services::PlanItem::How::own_step;
    own.what = "code of ethics";
    own.first_day = own.last_day = 2026y / 3 / 1;
    services::PlanItem assumed = own;
    assumed.how = services::PlanItem::How::assumed;
    assumed.what = "GED";
    stage.items = {course, own, assumed};
    plan.stages = {stage};
    return plan;
}

TEST(APlanInWords, KeepsWhatToDoApartFromWhatIsTakenForGranted) {
    const std::string said = text(told(a_plan(), english));
    EXPECT_THAT(said,
                HasSubstr("1. February 1, 2026 to March 1, 2026: Peer circles (6 h 30 min, peer-specific, 40.50 USD)"));
    EXPECT_THAT(said, HasSubstr("2. March 1, 2026: sign or state: code of ethics"));
    EXPECT_LT(said.find("nobody here offers it"), said.find("GED"));
    EXPECT_THAT(said, Not(HasSubstr("3.")));
    EXPECT_THAT(said, HasSubstr("No other choice of these offers is done sooner"));
}

TEST(APlanInWords, SaysWhenABetterOneMayExist) {
    services::PlanAnswer plan = a_plan();
    plan.stages[0].proof = rules::Plan::Proof::effort_spent;
    EXPECT_THAT(text(told(plan, english)), HasSubstr("so a better one may exist"));
    EXPECT_THAT(text(told(plan, english)), Not(HasSubstr("No other choice")));
    EXPECT_THAT(text(told(plan, spanish)), HasSubstr("puede haber uno mejor"));
}

TEST(APlanInWords, SpeaksSpanishWithItsDaysAndAmounts) {
    const std::string told_text = text(told(a_plan(), spanish));
    EXPECT_THAT(told_text, HasSubstr("para renovar el nivel “certified”, el camino desde el 5 de enero de 2026"));
    EXPECT_THAT(told_text, HasSubstr("del 1 de febrero de 2026 al 1 de marzo de 2026: “Peer circles”"));
    EXPECT_THAT(told_text, HasSubstr("firmar o declarar: “code of ethics”"));
}

TEST(AnAssessmentInWords, SaysWhetherTheTextOfTheRuleWasPublished) {
    services::Assessment assessment;
    assessment.person.name = "Ana Invented";
    assessment.title = "Made-up Peer Specialist";
    assessment.step = "to become certified";
    assessment.edition = "2025-07";
    assessment.edition_chosen_by = "applying";
    assessment.as_of = assessment.edition_day = 2026y / 1 / 5;
    assessment.finding.verdict = Verdict::met();
    EXPECT_THAT(text(told(assessment, english, false)), Not(HasSubstr("published")));
    assessment.edition_published = true;
    EXPECT_THAT(text(told(assessment, english, false)), HasSubstr("approved its text, and it was published"));
    EXPECT_THAT(text(told(assessment, spanish, false)), HasSubstr("aprobaron su texto antes de publicarlo"));
    assessment.edition_in_force.last = 2026y / 6 / 30;
    EXPECT_THAT(text(told(assessment, english, false)), HasSubstr("in force until June 30, 2026"));
    EXPECT_THAT(text(told(assessment, spanish, false)), HasSubstr("rige hasta el 30 de junio de 2026"));
}

TEST(AStandingInWords, NeverCallsACredentialEnoughWhereOthersHaveToConfirm) {
    services::Standing standing;
    standing.title = "Made-up Peer Specialist";
    standing.on = 2026y / 1 / 5;
    standing.status.code = credentials::StatusCode::certified;
    services::TermStanding term;
    term.level = "certified";
    term.term = {1, 2025y / 1 / 1, 2026y / 12 / 31};
    term.now.in_force = true;
    services::PurposeAnswer bill;
    bill.purpose = "bill Medicaid";
    bill.answer.verdict = Verdict::met();
    bill.answer.employer_confirms = {"a licensed agency"};
    services::PurposeAnswer practise;
    practise.purpose = "practise";
    practise.answer.verdict = Verdict::met();
    practise.until = 2027y / 1 / 31;
    term.purposes = {bill, practise};
    standing.term = term;
    const std::string told_text = text(told(standing, english));
    EXPECT_THAT(told_text, HasSubstr("[others confirm] bill Medicaid: what the credential says is there"));
    EXPECT_THAT(told_text, Not(HasSubstr("[yes] bill Medicaid")));
    EXPECT_THAT(told_text, HasSubstr("[yes] practise, until January 31, 2027"));
    EXPECT_THAT(told_text, HasSubstr("to December 31, 2026. That is the true last day."));
}

TEST(AReplayInWords, NamesTheClauseThatAnswersDifferently) {
    services::Replayed replayed;
    replayed.decision.id = domain::DecisionId{7};
    replayed.decision.decided_on = 2026y / 1 / 5;
    replayed.decision.finding =
        R"({"clause":"all","answer":"met","parts":[{"clause":"CE","answer":"met","have":1800,"unit":"minutes"}]})";
    replayed.finding_now =
        R"({"clause":"all","answer":"not met","parts":[{"clause":"CE","answer":"not met","have":1740,"unit":"minutes"}]})";
    replayed.differs = {services::Differs::finding};
    const std::string told_text = text(told(replayed, english));
    EXPECT_THAT(told_text, HasSubstr("all > CE: then met (1800 minutes), now not met (1740 minutes)"));
    EXPECT_THAT(told_text, Not(HasSubstr("to the letter")));
    replayed.finding_now = "not json at all";
    EXPECT_THAT(text(told(replayed, english)), HasSubstr("all > CE: only then"));
}

TEST(AReplayInWords, SaysWhatWasDecidedWhereNobodyApplied) {
    services::Replayed replayed;
    replayed.decision.id = domain::DecisionId{1};
    replayed.decision.decided_on = 2026y / 1 / 5;
    replayed.decision.action = "take_over";
    replayed.person = "P-1";
    replayed.differs = {services::Differs::not_kept};
    EXPECT_THAT(
        text(told(replayed, english)),
        HasSubstr("Decision 1 of January 5, 2026 about P-1: a credential was taken over from another record\n"));
    EXPECT_THAT(text(told(replayed, spanish)),
                HasSubstr("Decisión 1 del 5 de enero de 2026 sobre P-1: se tomó una credencial de otro registro\n"));
    replayed.decision.action = "renew";
    replayed.application.step = "to renew certified";
    replayed.edition = "wi-cps 2024";
    EXPECT_THAT(text(told(replayed, english)),
                HasSubstr("Decision 1 of January 5, 2026: to renew certified, by edition wi-cps 2024, for P-1\n"));
}

TEST(APreviewInWords, TellsInSentencesWhatWouldChangeForPeople) {
    services::Preview seen;
    seen.as_of = 2026y / 1 / 5;
    seen.now = "wi-cps 2024";
    seen.then = "wi-cps 2026";
    seen.people = 3;
    services::PreviewedStep renewal;
    renewal.step = "to renew certified";
    renewal.gain = 1;
    renewal.change_date = 2;
    services::PreviewedPerson moved;
    moved.code = domain::PersonCode{7};
    moved.effect = services::Effect::changes_date;
    moved.last_day_now = 2027y / 10 / 31;
    moved.last_day_then = 2027y / 12 / 31;
    renewal.people = {moved};
    services::PreviewedStep quiet;
    quiet.step = "to become certified";
    seen.steps = {renewal, quiet};
    seen.new_steps = {"to extend certified"};
    const std::string code = moved.code.str();
    EXPECT_EQ(text(told(seen, english)),
              "If wi-cps 2026 held on January 5, 2026 instead of wi-cps 2024\n"
              "3 people have something on record and were judged by both.\n"
              "\n"
              "to renew certified\n"
              "  One person would have everything that is asked, and does not have it now.\n"
              "  For 2 people the next term would end on another day.\n"
              "    For " +
                  code +
                  " the next term would end on December 31, 2027 instead of October 31, 2027.\n"
                  "\n"
                  "to become certified\n"
                  "  For nobody would the answer be another one.\n"
                  "\n"
                  "This would be new: to extend certified.\n");
    EXPECT_THAT(text(told(seen, spanish)), HasSubstr("Para 2 personas el próximo período terminaría otro día."));
}

} // namespace
} // namespace peercert::words
