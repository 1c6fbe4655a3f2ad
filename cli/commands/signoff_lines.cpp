#include <algorithm>

#include <peercert/error.hpp>

#include "cli/commands/signoff_parts.hpp"
#include "cli/common.hpp"
#include "cli/explained.hpp"
#include "cli/output.hpp"
#include "cli/reviewed.hpp"
#include "cli/values.hpp"
#include "cli/wiring.hpp"
#include "words/json_list.hpp"
#include "words/sign_off_shapes.hpp"

namespace peercert::cli {

std::string_view state_words(domain::SignOffState state) {
    switch (state) {
    case domain::SignOffState::draft: return "draft, counts for nothing";
    case domain::SignOffState::awaiting_assessor: return "waiting for the assessor";
    case domain::SignOffState::awaiting_cosignature: return "waiting for the co-signature";
    case domain::SignOffState::signed_off: return "signed";
    case domain::SignOffState::under_review: return "under review";
    }
    return "";
}

Option late_option(const std::string& help, const std::string& name) {
    return {.name = name,
            .value = "REASON",
            .help = help,
            .type = ValueType::word,
            .allowed = {"paper_form", "system_unavailable", "assessor_away", "correction", "moved_record", "other"}};
}

void print_not_entitled(Invocation& asked, const std::vector<services::AssessorAnswer>& assessors) {
    for (const auto& assessor : assessors)
        if (!assessor.entitled) {
            asked.out.line();
            asked.out.line("On that day " + assessor.name + " was not entitled to sign:");
            print_finding(asked, assessor.finding, true);
        }
}

void print_lines(Invocation& asked, const std::vector<services::SignedLine>& lines, Date observed_on) {
    const bool all_signed = std::all_of(lines.begin(), lines.end(), [](const services::SignedLine& line) {
        return line.state == domain::SignOffState::signed_off;
    });
    if (all_signed) {
        asked.out.line(
            {{"signed off", Look::good}, {": " + std::to_string(lines.size()) + " seen on " + to_text(observed_on)}});
        return;
    }
    asked.out.line({{"recorded", Look::good},
                    {": " + std::to_string(lines.size()) + " seen on " + to_text(observed_on) +
                     "; it counts when everybody has signed"}});
    Table table({{"ENTRY", Table::Align::right}, {"COMPETENCY"}, {"RATING"}, {"ASSESSOR"}, {"STANDS"}});
    for (const services::SignedLine& line : lines)
        table.add({{std::to_string(line.entry.value())},
                   {line.competency},
                   {line.rating},
                   {line.assessor},
                   {std::string(state_words(line.state)),
                    line.state == domain::SignOffState::signed_off ? Look::plain : Look::warning}});
    asked.out.table(table);
    std::vector<std::string> told;
    for (const services::SignedLine& line : lines)
        if ((line.state == domain::SignOffState::awaiting_assessor || line.state == domain::SignOffState::draft) &&
            std::find(told.begin(), told.end(), line.assessor) == told.end()) {
            told.push_back(line.assessor);
            asked.out.line(line.assessor + " signs with `peercert signoff confirm --all --as " + line.assessor + "`");
        }
}

void print_signatures(Invocation& asked, const std::vector<services::SignatureView>& views) {
    Table table({{"ENTRY", Table::Align::right},
                 {"SEEN ON"},
                 {"LEARNER"},
                 {"COMPETENCY"},
                 {"RATING"},
                 {"ASSESSOR"},
                 {"STANDS"},
                 {"LATE, BECAUSE"},
                 {"THE LEARNER SAYS"}});
    for (const services::SignatureView& view : views) {
        std::string says = view.response ? std::string(domain::to_text(view.response->response)) : "";
        std::replace(says.begin(), says.end(), '_', ' ');
        table.add({{std::to_string(view.line.id.value())},
                   {to_text(view.line.last_day)},
                   {view.learner_name},
                   {view.line.code},
                   {view.detail.rating},
                   {view.assessor_name},
                   {words::standing_of(view)},
                   {view.line.late_reason ? std::string(domain::to_text(*view.line.late_reason)) : ""},
                   {says}});
    }
    asked.out.table(table);
    const bool any = std::any_of(views.begin(), views.end(), [](const services::SignatureView& view) {
        return view.stands() && view.detail.state == domain::SignOffState::under_review;
    });
    if (any)
        asked.out.paragraph("Under review: it is not certain that the assessor was entitled on that day. That says "
                            "nothing about the learner. What they hold stays as it is until a person decides, and the "
                            "centre offers to see the competency again free of charge.");
}

namespace {

services::Signatures signatures(Invocation& asked) {
    return services::Signatures(asked.wiring.house(), asked.wiring.rulebook());
}

words::Json lines_json(const std::vector<services::SignatureView>& views) {
    return words::Json::object().set("lines", words::list(views, words::signature_json));
}

std::optional<domain::LateReason> reason_of(const Invocation& asked, std::string_view name) {
    return asked.given(name) ? domain::parse_late_reason(asked.text(name)) : std::nullopt;
}

Exit confirm(Invocation& asked) {
    services::Signatures service = signatures(asked);
    const services::Actor actor = asked.wiring.actor();
    std::vector<EntryId> entries;
    for (const std::string& typed : asked.texts("ENTRY"))
        entries.emplace_back(parse_number(typed).value());
    if (asked.flag("all") == !entries.empty())
        throw UsageError("which? give the entries, or --all for everything that waits for you",
                         "peercert signoff list --waiting-for P-... shows it");
    if (asked.flag("all")) {
        if (actor.is_operator())
            throw UsageError("say who you are: --all --as P-...", "only the assessor can confirm");
        const std::string me = actor.name.substr(actor.name.find(':') + 1);
        for (const auto& view : service.waiting_for(actor, me.substr(0, me.find(' '))))
            entries.push_back(view.line.id);
        if (entries.empty()) {
            if (asked.json())
                asked.out.json(words::confirmed_json({}));
            else
                asked.out.line("nothing waits for you");
            return Exit::yes;
        }
    }
    const auto answer = service.confirm(actor, entries, reason_of(asked, "late"), mode_of(asked));
    const Exit exit = answer.accepted() ? Exit::yes : Exit::no;
    if (asked.json()) {
        asked.out.json(words::confirmed_json(answer));
        return exit;
    }
    if (!answer.accepted()) {
        asked.out.line({{"not signed", Look::warning}, {": nothing was changed"}});
        print_not_entitled(asked, answer.not_entitled);
        return exit;
    }
    asked.out.line({{"confirmed", Look::good}});
    print_signatures(asked, answer.lines);
    return exit;
}

Exit told(Invocation& asked, const services::Changed& changed, const std::string& sentence) {
    if (asked.json()) {
        asked.out.json(words::changed_json(changed));
        return Exit::yes;
    }
    asked.out.line(sentence);
    print_signatures(asked, changed.lines);
    print_relying(asked.out, changed.relying);
    return Exit::yes;
}

Exit correct(Invocation& asked) {
    const auto changed = signatures(asked).correct(asked.wiring.actor(), EntryId{asked.number("ENTRY")},
                                                   asked.text("RATING"), mode_of(asked));
    return told(asked, changed, "entry " + asked.text("ENTRY") + " is replaced; both stay visible");
}

Exit take_back(Invocation& asked) {
    const auto changed = signatures(asked).take_back(asked.wiring.actor(), EntryId{asked.number("ENTRY")},
                                                     reason_of(asked, "because"), mode_of(asked));
    return told(asked, changed, "entry " + asked.text("ENTRY") + " no longer counts; it stays visible");
}

Exit list(Invocation& asked) {
    if (asked.given("PERSON") == asked.given("waiting-for"))
        throw UsageError("whose? name a learner, or an assessor with --waiting-for");
    services::Signatures service = signatures(asked);
    const auto views = asked.given("PERSON")
                           ? service.of(asked.wiring.actor(), asked.text("PERSON"), asked.flag("history"))
                           : service.waiting_for(asked.wiring.actor(), asked.text("waiting-for"));
    if (asked.json()) {
        asked.out.json(lines_json(views));
        return Exit::yes;
    }
    if (views.empty())
        asked.out.note(asked.given("PERSON") ? "nothing is signed off" : "nothing waits");
    print_signatures(asked, views);
    return Exit::yes;
}

Exit answer(Invocation& asked) {
    std::string word = asked.text("ANSWER");
    std::replace(word.begin(), word.end(), '-', '_');
    signatures(asked).respond(asked.wiring.actor(), EntryId{asked.number("ENTRY")},
                              domain::parse_response(word).value(), mode_of(asked));
    return said_done(asked, "recorded beside entry " + asked.text("ENTRY"));
}

const std::string lines_shape =
    "{\"lines\": [{\"entry\": number, \"person\": code, \"competency\": text, \"framework\": text, \"rating\": word, "
    "\"state\": word, \"observed_on\": day, \"assessor\": code or null, \"authority\": {...}, \"learner_says\": word, "
    "\"undo_until\": instant, ...}]";

} // namespace

std::vector<Command> signoff_line_commands() {
    const Argument entry{.name = "ENTRY", .help = "Its number", .type = ValueType::number};
    return {
        {
            .path = "signoff list",
            .summary = "Show sign-offs and how far each is",
            .text = "Of a learner: what was seen, by whom, on which scale, whether it is signed, and what the learner "
                    "says to it. With --waiting-for: what was typed or drafted in an assessor's name.",
            .arguments = {{.name = "PERSON", .help = "The learner", .required = false}},
            .options = {{.name = "waiting-for", .value = "PERSON", .help = "What waits for this assessor"},
                        {.name = "history", .help = "Also what was replaced or withdrawn"}},
            .examples = {{"signoff list --waiting-for P-ME", "What was typed in your name and waits for you"}},
            .json = lines_shape + "}",
            .exits = {Exit::not_found, Exit::forbidden},
            .run = list,
        },
        {
            .path = "signoff confirm",
            .summary = "Sign what was typed or drafted in your name",
            .text = "Only the assessor can, acting as themselves (--as). Whether they were entitled on the day it was "
                    "seen is asked again. With several assessors it counts once each has confirmed.",
            .effect = Effect::writes,
            .arguments = {{.name = "ENTRY",
                           .help = "Its number; several may be given",
                           .type = ValueType::number,
                           .required = false,
                           .repeated = true}},
            .options = {{.name = "all", .help = "Everything that waits for you"},
                        late_option("Why a draft is signed late")},
            .json = "{\"accepted\": true or false, \"lines\": [...], \"assessors\": [...]}",
            .exits = {Exit::no, Exit::not_found, Exit::conflict, Exit::forbidden, Exit::invalid_input},
            .run = confirm,
        },
        {
            .path = "signoff correct",
            .summary = "Put another rating in the place of one",
            .text = "A line of its own that stands in the place of the first; both stay visible. It is signed when the "
                    "assessor does it; otherwise, and for every co-signer, it waits for the assessor. More than 24 "
                    "hours after signing the line shows that it is a correction.",
            .effect = Effect::writes,
            .arguments = {entry, {.name = "RATING", .help = "A word of the scale, \"not yet\", \"not observed\""}},
            .json = lines_shape + ", \"relying\": [...]}",
            .exits = {Exit::not_found, Exit::conflict, Exit::forbidden, Exit::invalid_input},
            .run = correct,
        },
        {
            .path = "signoff undo",
            .summary = "Take a signature back",
            .text = "A draft, and what waits for its assessor, at any time. What was signed: within 24 hours without a "
                    "word, so that a slip of the evening is mended the next day; afterwards as a correction whose "
                    "reason stays visible (--because). Credentials granted on it are named and stay as they are.",
            .effect = Effect::writes,
            .arguments = {entry},
            .options = {late_option("Why, when it is more than 24 hours ago", "because")},
            .json = lines_shape + ", \"relying\": [...]}",
            .exits = {Exit::not_found, Exit::conflict, Exit::forbidden, Exit::invalid_input},
            .run = take_back,
        },
        {
            .path = "signoff answer",
            .summary = "Say something to a sign-off about yourself",
            .text = "For the learner, acting as themselves (--as): a word that everybody who reads the sign-off sees "
                    "beside it. There is no text, on purpose: what has to be said is said to a human. A later answer "
                    "stands in the place of an earlier one; taken-back leaves none.",
            .effect = Effect::writes,
            .arguments = {entry,
                          {.name = "ANSWER",
                           .help = "What you say",
                           .type = ValueType::word,
                           .allowed = {"agrees", "disagrees", "asks-to-talk", "asks-to-be-seen-again", "taken-back"}}},
            .json = "{\"done\": true or false}",
            .exits = {Exit::not_found, Exit::conflict, Exit::forbidden},
            .run = answer,
        },
    };
}

} // namespace peercert::cli
