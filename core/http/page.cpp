#include "http/page.hpp"

#include <algorithm>
#include <charconv>

#include "http/head.hpp"
#include "http/page_builder.hpp"
#include "http/target.hpp"
#include "words/verification.hpp"

namespace peercert::http {

namespace embedded {
extern const std::string_view verify_style;
} // namespace embedded

namespace {

using kainjow::mustache::data;
using services::VerificationOutcome;
using words::Language;

void add_answer(PageBuilder& builder, const VerifyPage& page, const words::Messages& messages) {
    const services::VerificationAnswer& answer = *page.answer;
    const std::string word = words::headline(answer, messages, page.language);
    builder.flag("answer", true);
    builder.set("kind",
                answer.outcome == VerificationOutcome::certified && !answer.projection && !answer.was_certified_only()
                    ? "yes"
                    : "not");
    builder.say("kicker", "verify.page.result");
    builder.set("word", word);
    data statement{data::type::list};
    for (const words::StatementPiece& piece : words::statement_pieces(answer, messages, page.language)) {
        data one{data::type::object};
        one.set("text", piece.text);
        one.set("is_english", piece.of_programme && page.language != Language::english);
        statement.push_back(one);
    }
    builder.set_data("statement", statement);
    builder.say("facts_title",
                answer.outcome == VerificationOutcome::cannot_check ? "verify.page.asked" : "verify.page.facts");
    builder.set("title", messages.format(page.language, "verify.page.answer_title",
                                         {{"word", word}, {"number", answer.number}}));

    data facts{data::type::list};
    // What a programme calls things stays in its own language, and says so to whatever reads it aloud.
    const auto add = [&](std::string_view key, std::string_view value, bool is_code = false, bool english = false) {
        if (value.empty())
            return;
        data fact{data::type::object};
        fact.set("name", messages.text(page.language, key));
        fact.set("value", std::string(value));
        fact.set("is_code", is_code);
        fact.set("is_english", english && page.language != Language::english);
        facts.push_back(fact);
    };
    const auto add_day = [&](std::string_view key, const std::optional<Date>& day) {
        if (day)
            add(key, messages.day(page.language, *day));
    };
    add("verify.fact.number", answer.number, true);
    add("verify.fact.holder", answer.holder);
    add("verify.fact.credential", answer.credential_title, false, true);
    const auto add_name = [&](std::string_view key, const std::string& english) {
        const auto known = messages.known_name(page.language, english);
        add(key, known ? *known : english, false, !known);
    };
    add_name("verify.fact.level", answer.level);
    add("verify.fact.added_levels", words::added_levels_text(answer, messages, page.language));
    add("verify.fact.issuer", answer.issuer);
    add_name("verify.fact.status", answer.status_name);
    add_day("verify.fact.status_since", answer.status_since);
    add_name("verify.fact.condition", answer.restriction);
    add_day("verify.fact.first_issued", answer.first_issued);
    add_day("verify.fact.term_first_day", answer.term_first_day);
    add_day("verify.fact.last_valid_day", answer.last_valid_day);
    if (answer.term_first_day && !answer.last_valid_day)
        add("verify.fact.last_valid_day", messages.text(page.language, "verify.fact.no_last_day"));
    add_day("verify.fact.list_shows_until", answer.list_shows_until);
    if (answer.outcome != VerificationOutcome::cannot_check)
        add_day("verify.fact.asked_day", answer.asked_day);
    add("verify.fact.checked_at", instant_for_people(answer.checked_at));
    add("verify.fact.data_as_of", instant_for_people(answer.data_as_of));
    builder.flag("has_facts", true);
    builder.set_data("facts", facts);
}

void add_form(PageBuilder& builder, const VerifyPage& page) {
    builder.flag("form", true);
    builder.set_data("again", page.answer ? data(std::string(builder.text("verify.page.again"))) : data(false));
    builder.say("intro", "verify.page.intro");
    builder.say("number_label", "verify.page.number");
    builder.say("number_hint", "verify.page.number_hint");
    builder.say("day_label", "verify.page.day");
    builder.say("day_hint", "verify.page.day_hint");
    builder.say("button", "verify.page.button");
    builder.set("number", page.answer ? std::string_view{} : page.number);
    builder.set("valid_on", page.answer ? std::string_view{} : page.valid_on);
    builder.flag("number_wrong", !page.mend_number.empty());
    builder.flag("day_wrong", !page.mend_day.empty());
    data items{data::type::list};
    const auto add = [&](std::string_view key, const char* field) {
        if (key.empty())
            return;
        data item{data::type::object};
        item.set("field", field);
        item.set("text", std::string(builder.text(key)));
        items.push_back(item);
    };
    add(page.mend_number, "number");
    add(page.mend_day, "valid_on");
    builder.flag("mend", !items.is_empty_list());
    builder.say("mend_title", "verify.page.mend");
    builder.set_data("mend_items", items);
}

/// The same question in the other language.
std::string link_to(const VerifyPage& page, Language language) {
    std::string link = "/verify";
    if (page.answer && !page.number.empty())
        link += "/" + percent_encoded(page.number);
    link += "?lang=" + std::string(words::code_of(language));
    if (page.answer && !page.valid_on.empty())
        link += "&valid_on=" + percent_encoded(page.valid_on);
    return link;
}

} // namespace

std::string render(const VerifyPage& page, const words::Messages& messages) {
    PageBuilder builder(page.language, page.demo, messages);
    builder.set("other_href", link_to(page, builder.other()));
    builder.say("title", "verify.page.title");
    builder.say("heading", "verify.page.title");
    builder.flag("error", false);
    if (page.answer)
        add_answer(builder, page, messages);
    else
        builder.flag("answer", false);
    add_form(builder, page);
    return builder.render();
}

std::string render_error(int status, std::string_view request_id, Language language, bool demo,
                         const words::Messages& messages) {
    const bool own_words = status == 404 || status == 405 || status == 429 || status == 503;
    const std::string key = own_words ? std::to_string(status) : status >= 500 ? "500" : "400";
    PageBuilder builder(language, demo, messages);
    builder.set("other_href", "/verify?lang=" + std::string(words::code_of(builder.other())));
    builder.say("title", "error.title." + key);
    builder.say("heading", "error.title." + key);
    builder.flag("error", true);
    builder.flag("answer", false);
    builder.flag("form", false);
    builder.say("says", "error.says." + key);
    builder.set("request", messages.format(language, "error.request", {{"request", request_id}}));
    builder.set("start_href", "/verify?lang=" + std::string(words::code_of(language)));
    builder.say("start", "verify.page.title");
    return builder.render();
}

std::string_view style_sheet() { return embedded::verify_style; }

Language language_for(std::optional<std::string_view> query, std::optional<std::string_view> accept_language) {
    if (query)
        return *query == "es" ? Language::spanish : Language::english;
    std::string_view list = accept_language.value_or(std::string_view{}).substr(0, 512);
    int best_weight = 0;
    Language best = Language::english;
    while (!list.empty()) {
        const std::size_t comma = list.find(',');
        std::string_view range = list.substr(0, comma);
        list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
        while (range.starts_with(' '))
            range.remove_prefix(1);
        int weight = 1000;
        if (const std::size_t q = range.find(";q=0"); q != std::string_view::npos) {
            weight = 0;
            int place = 100;
            std::string_view digits = range.substr(q + 4);
            if (digits.starts_with('.'))
                for (const char c : digits.substr(1, 3)) {
                    weight += c >= '0' && c <= '9' ? (c - '0') * place : 0;
                    place /= 10;
                }
        }
        const std::string_view tag = range.substr(0, 2);
        const bool spanish = same_name(tag, "es");
        const bool bounded = range.size() == 2 || range[2] == '-' || range[2] == ';' || range[2] == ' ';
        if ((spanish || same_name(tag, "en")) && bounded && weight > best_weight) {
            best_weight = weight;
            best = spanish ? Language::spanish : Language::english;
        }
    }
    return best;
}

} // namespace peercert::http
