#include "cli/reviewed.hpp"

#include "cli/explained.hpp"
#include "cli/output.hpp"
#include "cli/values.hpp"
#include "words/shapes.hpp"

namespace peercert::cli {

void print_review(const Invocation& asked, const services::CompletionReview& review) {
    Output& out = asked.out;
    using Outcome = services::CompletionReview::Outcome;
    const std::string whose = review.now.person.code.str() + "  " + review.now.person.name;
    const std::string present = hours_text(review.now.present) + " present";
    const std::string line = "entry " + std::to_string(review.before.value());
    const std::string again = "`peercert cohort complete " + review.cohort + "`";
    switch (review.outcome) {
    case Outcome::stands: out.line({{"still complete  ", Look::good}, {whose + ", " + present}}); break;
    case Outcome::corrected:
        out.line({{"still complete  ", Look::good}, {whose + ", " + present}});
        out.paragraph("The completion now says so: entry " + std::to_string(review.now.entry.value()) +
                          " stands in the place of " + line + "; both stay visible.",
                      2);
        break;
    case Outcome::under_review:
        out.line({{"under review    ", Look::warning}, {whose + ", " + present}});
        out.paragraph("With the corrected attendance the completion (" + line +
                          ") needs a person's word. Until then it counts as open, neither yes nor no.",
                      2);
        print_finding(asked, review.now.completion, true);
        out.paragraph("What to do now: if everything is there, " + again +
                          " confirms it; if not, `peercert record withdraw " +
                          std::to_string(review.now.entry.value()) + "` takes it out of the count.",
                      2);
        break;
    case Outcome::withdrawn:
        out.line({{"no longer complete  ", Look::warning}, {whose + ", " + present}});
        out.paragraph("The completion (" + line +
                          ") rested on attendance that has been corrected. It no longer counts; it stays visible with "
                          "the correction as its reason, and the person is back in the cohort.",
                      2);
        print_finding(asked, review.now.completion, true);
        out.paragraph("What to do now: tell them; if the correction was a mistake, put the right minutes in with "
                      "`peercert cohort attend`; once enough is there, " +
                          again + " completes it.",
                      2);
        break;
    }
    print_relying(out, review.relying);
}

void print_relying(Output& out, const std::vector<services::Relying>& relying) {
    if (relying.empty())
        return;
    out.line({{"Granted on it as it was:", Look::warning}});
    for (const services::Relying& one : relying) {
        std::string entries;
        for (const EntryId entry : one.entries)
            entries += (entries.empty() ? "" : ", ") + std::to_string(entry.value());
        out.line("  " + one.number + "  " + one.track + ", term " + std::to_string(one.term) + ", decided on " +
                 to_text(one.decided_on) + ", counted entry " + entries);
    }
    out.paragraph("Nothing of it was changed. Whoever issued it decides what follows; `peercert credential show "
                  "NUMBER` shows it.",
                  2);
}

void set_review(words::Json& answer, const std::optional<services::CompletionReview>& review,
                const std::vector<services::Relying>& relying) {
    words::Json list = words::Json::array();
    for (const services::Relying& one : relying)
        list.push(words::relying_json(one));
    answer.set("completion_reviewed", review ? words::review_json(*review) : words::Json())
        .set("relying_credentials", std::move(list));
}

} // namespace peercert::cli
