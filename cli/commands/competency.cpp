#include <algorithm>
#include <map>

#include "cli/commands.hpp"
#include "cli/common.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"
#include "services/assessment.hpp"
#include "services/competency_view.hpp"
#include "services/self_ratings.hpp"
#include "words/json_list.hpp"
#include "words/sign_off_shapes.hpp"

namespace peercert::cli {
namespace {

using services::CompetencyStanding;

bool means_shown(const Edition& edition, const std::string& word) {
    const auto& counts = edition.scale.counts;
    return std::find(counts.begin(), counts.end(), word) != counts.end();
}

const Scale::Anchor* anchor_of(const Edition& edition, const std::string& word) {
    for (const Scale::Anchor& anchor : edition.scale.anchors)
        if (anchor.word == word)
            return &anchor;
    return nullptr;
}

words::Json framework_json(const Edition& edition, Date on) {
    words::Json json = words::Json::object();
    json.set("framework", edition.code).set("edition", edition.edition).set("title", edition.title_on(on));
    json.set("scale", words::list(edition.scale.words, [&](const std::string& word) {
                 const Scale::Anchor* anchor = anchor_of(edition, word);
                 return words::Json::object()
                     .set("word", word)
                     .set("means_shown", means_shown(edition, word))
                     .set("looks_like", anchor == nullptr ? words::Json() : words::Json(anchor->looks_like));
             }));
    if (edition.sign_off) {
        const SignOffRule& rule = *edition.sign_off;
        json.set("sign_off", words::Json::object()
                                 .set("by", words::Json::array_of(rule.levels))
                                 .set("issued_by", words::Json::array_of(rule.issuers))
                                 .set("assessors", rule.assessors)
                                 .set("different_organizations", rule.different_organizations)
                                 .set("methods", words::Json::array_of(rule.methods))
                                 .set("enter_within_days", rule.enter_within_days));
    }
    return json.set("competencies", words::list(edition.competencies, [](const Competency& one) {
                        return words::Json::object()
                            .set("code", one.code)
                            .set("label", one.label)
                            .set("parent", one.parent.empty() ? words::Json() : words::Json(one.parent));
                    }));
}

Exit show(Invocation& asked) {
    const services::Rulebook& rulebook = asked.wiring.rulebook();
    const Date on = asked.maybe_date("on").value_or(asked.wiring.house().today());
    const auto program = asked.given("edition")
                             ? rulebook.edition_on_file(asked.text("FRAMEWORK"), asked.text("edition"))
                             : rulebook.choose(asked.text("FRAMEWORK"), rules::event_days_on(on)).program;
    const Edition& edition = program->edition();
    if (asked.json()) {
        asked.out.json(framework_json(edition, on));
        return Exit::yes;
    }
    asked.out.line({{edition.title_on(on), Look::strong}, {", " + edition.code + " " + edition.edition}});
    asked.out.line();
    if (edition.scale.words.empty())
        asked.out.line("no scale of its own: shown, not yet or not observed");
    else {
        Table scale({{"RATING"}, {"MEANS"}, {"LOOKS LIKE"}});
        for (const std::string& word : edition.scale.words) {
            const Scale::Anchor* anchor = anchor_of(edition, word);
            scale.add({{word},
                       {means_shown(edition, word) ? "shown"
                        : word == "not observed"   ? "nothing about the person"
                                                   : "not yet shown"},
                       {anchor == nullptr ? "" : anchor->looks_like}});
        }
        asked.out.table(scale);
        asked.out.note("\"not yet\" and \"not observed\" can be recorded on every scale");
    }
    if (edition.sign_off) {
        const SignOffRule& rule = *edition.sign_off;
        const auto joined = [](const std::vector<std::string>& all) {
            std::string text;
            for (const std::string& one : all)
                text += (text.empty() ? "" : " or ") + one;
            return text;
        };
        asked.out.line();
        asked.out.facts({{"signed by", {joined(rule.levels) + ", current on the day it was seen"}},
                         {"issued by", {joined(rule.issuers)}},
                         {"assessors",
                          {std::to_string(rule.assessors) +
                           (rule.different_organizations ? ", from different organizations" : "")}},
                         {"seen in", {joined(rule.methods)}},
                         {"entered within", {std::to_string(rule.enter_within_days) + " days, later with a reason"}}});
    }
    asked.out.line();
    Table table({{"CODE"}, {"COMPETENCY"}});
    for (const Competency& one : edition.competencies)
        table.add({{one.code}, {one.label, one.parent.empty() ? Look::strong : Look::plain}});
    asked.out.table(table);
    return Exit::yes;
}

std::string_view word_of(CompetencyStanding::How how) {
    switch (how) {
    case CompetencyStanding::How::shown: return "shown";
    case CompetencyStanding::How::waiting: return "waiting for a signature";
    case CompetencyStanding::How::under_review: return "under review";
    case CompetencyStanding::How::not_yet: return "not yet";
    case CompetencyStanding::How::not_seen: return "not seen yet";
    }
    return "";
}

Exit of(Invocation& asked) {
    const Date on = asked.maybe_date("on").value_or(asked.wiring.house().today());
    const auto view = services::competencies_of(asked.wiring.house(), asked.wiring.rulebook(), asked.wiring.actor(),
                                                asked.text("PERSON"), asked.text("FRAMEWORK"), on);
    if (asked.json()) {
        asked.out.json(words::Json::object()
                           .set("framework", view.framework)
                           .set("edition", view.edition)
                           .set("on", to_text(on))
                           .set("competencies", words::list(view.competencies, [](const CompetencyStanding& one) {
                                    return words::Json::object()
                                        .set("code", one.competency.code)
                                        .set("label", one.competency.label)
                                        .set("standing", word_of(one.how))
                                        .set("line", one.by ? words::signature_json(*one.by) : words::Json());
                                })));
        return Exit::yes;
    }
    asked.out.line({{view.title, Look::strong}, {", " + view.framework + " " + view.edition}});
    asked.out.line();
    Table table({{"CODE"}, {"COMPETENCY"}, {"STANDS"}, {"RATING"}, {"SEEN ON"}, {"BY"}});
    using How = CompetencyStanding::How;
    for (const How how : {How::shown, How::waiting, How::under_review, How::not_yet, How::not_seen}) // strengths first
        for (const CompetencyStanding& one : view.competencies)
            if (one.how == how)
                table.add({{one.competency.code},
                           {one.competency.label},
                           {std::string(word_of(how)), how == How::shown ? Look::good : Look::plain},
                           {one.by ? one.by->detail.rating : ""},
                           {one.by ? to_text(one.by->line.last_day) : ""},
                           {one.by ? one.by->assessor_name : ""}});
    asked.out.table(table);
    return Exit::yes;
}

Exit rate_self(Invocation& asked) {
    std::vector<services::SelfRatings::NewRating> ratings;
    for (const std::string& typed : asked.texts("RATING")) {
        const std::size_t sign = typed.find('=');
        if (sign == std::string::npos || sign == 0 || sign + 1 == typed.size())
            throw UsageError("a rating is written COMPETENCY=WORD, such as samhsa-core/II.3=shown, not \"" + typed +
                             "\"");
        ratings.push_back({typed.substr(0, sign), typed.substr(sign + 1)});
    }
    for (const std::string& competency : asked.texts("withdraw"))
        ratings.push_back({competency, {}});
    if (ratings.empty())
        throw UsageError("what? give COMPETENCY=WORD, or --withdraw COMPETENCY");
    services::SelfRatings(asked.wiring.house(), asked.wiring.rulebook())
        .rate(asked.wiring.actor(), ratings, asked.flag("share"), mode_of(asked));
    return said_done(asked,
                     asked.flag("share") ? "kept; those who teach you can see it" : "kept; nobody but you can see it");
}

Exit self(Invocation& asked) {
    const auto ratings = services::SelfRatings(asked.wiring.house(), asked.wiring.rulebook())
                             .of(asked.wiring.actor(), asked.text("PERSON"));
    if (asked.json()) {
        asked.out.json(
            words::Json::object().set("self_ratings", words::list(ratings, [](const domain::SelfRating& one) {
                                          return words::Json::object()
                                              .set("competency", one.competency)
                                              .set("framework", one.framework)
                                              .set("rating", one.rating)
                                              .set("rated_on", to_text(one.rated_on))
                                              .set("shared", one.shared);
                                      })));
        return Exit::yes;
    }
    Table table({{"COMPETENCY"}, {"OWN WORD"}, {"ON"}, {"SEEN BY"}});
    for (const domain::SelfRating& one : ratings)
        table.add({{one.competency},
                   {one.rating},
                   {to_text(one.rated_on)},
                   {one.shared ? "those who teach them" : "nobody else"}});
    asked.out.table(table);
    if (ratings.empty())
        asked.out.note("nothing to see");
    return Exit::yes;
}

} // namespace

std::vector<Command> competency_commands() {
    const Argument framework{.name = "FRAMEWORK", .help = "Its code, or that of a curriculum with competencies"};
    const Option on{.name = "on", .value = "DATE", .help = "The day", .type = ValueType::date, .otherwise = "today"};
    return {
        {
            .path = "competency show",
            .summary = "Show a framework: its scale, what each rating looks like, who may sign",
            .text =
                "Every framework has its own scale. A rating is always read on the scale of the edition it was given "
                "by, so an older sign-off keeps its meaning when the scale changes.",
            .arguments = {framework},
            .options =
                {{.name = "edition", .value = "EDITION", .help = "That edition", .otherwise = "the one in force"}, on},
            .examples = {{"competency show samhsa-core", "The scale and its anchors"}},
            .json = "{\"framework\": code, \"edition\": text, \"title\": text, \"scale\": [{\"word\": text, "
                    "\"means_shown\": true or false, \"looks_like\": text or null}], \"sign_off\": {...}, "
                    "\"competencies\": [{\"code\": text, \"label\": text, \"parent\": code or null}]}",
            .exits = {Exit::not_found},
            .run = show,
        },
        {
            .path = "competency of",
            .summary = "Show how far somebody is with a framework, what is shown first",
            .text = "By what others saw and signed. What people say of themselves is never mixed in; `competency self` "
                    "shows it to them.",
            .arguments = {{.name = "PERSON", .help = "Code, or the name they use"}, framework},
            .options = {on},
            .json = "{\"framework\": code, \"edition\": text, \"on\": day, \"competencies\": [{\"code\": text, "
                    "\"label\": text, \"standing\": text, \"line\": {...} or null}]}",
            .exits = {Exit::not_found, Exit::forbidden},
            .run = of,
        },
        {
            .path = "competency rate-self",
            .summary = "Say for yourself how far you are; acting as yourself (--as)",
            .text =
                "Nobody but you sees it, unless you --share it with those who teach you. It never counts for a rule, "
                "is never averaged with what others saw, and no employer can see it. A later word on the same "
                "competency stands in the place of an earlier one, shared or not as said with it.",
            .effect = Effect::writes,
            .arguments = {{.name = "RATING",
                           .help = "COMPETENCY=WORD; several may be given",
                           .required = false,
                           .repeated = true}},
            .options = {{.name = "share", .help = "Let those who teach you see it"},
                        {.name = "withdraw",
                         .value = "COMPETENCY",
                         .help = "Take what you said of it back",
                         .repeated = true}},
            .examples = {{"competency rate-self samhsa-core/II.3=shown \"samhsa-core/II.4=not yet\" --as P-ME",
                          "For yourself only"}},
            .json = "{\"done\": true or false}",
            .exits = {Exit::not_found, Exit::invalid_input, Exit::conflict, Exit::forbidden},
            .run = rate_self,
        },
        {
            .path = "competency self",
            .summary = "Show what somebody says of themselves",
            .text = "All of it to the person; what they shared to those who teach them; nothing to anybody else.",
            .arguments = {{.name = "PERSON", .help = "Code, or the name they use"}},
            .json = "{\"self_ratings\": [{\"competency\": text, \"framework\": text, \"rating\": word, \"rated_on\": "
                    "day, \"shared\": true or false}]}",
            .exits = {Exit::not_found, Exit::forbidden},
            .run = self,
        },
    };
}

} // namespace peercert::cli
