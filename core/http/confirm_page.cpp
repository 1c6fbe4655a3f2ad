#include "http/confirm_page.hpp"

#include "http/page_builder.hpp"

namespace peercert::http {

namespace {

using services::AskedLine;
using services::ConfirmationView;
using words::Language;
using words::Messages;

/// "2 h 30 min" in numbers that read the same in both languages.
std::string hours(std::int64_t minutes) {
    std::string text;
    if (minutes >= 60)
        text = std::to_string(minutes / 60) + " h";
    if (minutes % 60 != 0)
        text += (text.empty() ? "" : " ") + std::to_string(minutes % 60) + " min";
    return text;
}

std::string days(const AskedLine& line, const Messages& messages, Language language) {
    const std::string first = messages.day(language, line.first_day);
    return line.first_day == line.last_day
               ? first
               : messages.format(language, "confirm.days",
                                 {{"first", first}, {"last", messages.day(language, line.last_day)}});
}

std::string line_says(const AskedLine& line, const Messages& messages, Language language) {
    std::string text = days(line, messages, language) + ": " + hours(line.minutes);
    text += ", " +
            messages.text(language, line.kind == EntryKind::supervision ? "confirm.supervision" : "confirm.practice");
    if (!line.employer.empty())
        text += ", " + line.employer;
    for (const std::string& tag : line.tags)
        text += ", " + tag;
    return text;
}

std::string state_says(const AskedLine& line, const Messages& messages, Language language, bool answered) {
    switch (line.state) {
    case AskedLine::State::open: return messages.text(language, answered ? "confirm.left" : "confirm.waits");
    case AskedLine::State::confirmed: return messages.text(language, "confirm.confirmed");
    case AskedLine::State::changed: return messages.text(language, "confirm.changed");
    case AskedLine::State::not_entitled:
        return messages.format(language, "confirm.not_entitled",
                               {{"day", messages.day(language, line.not_entitled_on.value())}});
    }
    return {};
}

} // namespace

std::string render(const ConfirmPage& page, const Messages& messages) {
    const ConfirmationView& view = *page.view;
    PageBuilder builder(page.language, page.demo, messages);
    const std::string action = "/confirm/" + std::string(page.secret);
    builder.set("other_href", action + "?lang=" + std::string(words::code_of(builder.other())));
    builder.say("title", "confirm.title");
    builder.set("heading", messages.format(page.language, "confirm.heading", {{"person", view.person_name}}));
    builder.say("privacy", "confirm.privacy");
    builder.flag("confirm", true);
    builder.set("action", action);
    builder.set("intro", messages.format(page.language, "confirm.intro",
                                         {{"person", view.person_name}, {"supervisor", view.supervisor_name}}));
    const bool answered = view.state == ConfirmationView::State::answered;
    builder.set_data("done", answered ? data(std::string(builder.text("confirm.done"))) : data(false));
    builder.set_data("mend_says", page.mend.empty() ? data(false) : data(page.mend));
    builder.say("lines_title", "confirm.lines");
    data lines{data::type::list};
    bool can_answer = false;
    for (const AskedLine& line : view.lines) {
        data one{data::type::object};
        const bool open = line.state == AskedLine::State::open && !answered;
        can_answer = can_answer || open;
        one.set("open", open);
        one.set("entry", std::to_string(line.entry.value()));
        one.set("says", line_says(line, messages, page.language));
        one.set("state", state_says(line, messages, page.language, answered));
        lines.push_back(one);
    }
    builder.set_data("lines", lines);
    builder.flag("can_answer", can_answer);
    builder.say("hint", "confirm.hint");
    builder.say("button", "confirm.button");
    return builder.render();
}

std::string render_no_such_link(Language language, bool demo, const Messages& messages) {
    PageBuilder builder(language, demo, messages);
    builder.set("other_href", "?lang=" + std::string(words::code_of(builder.other())));
    builder.say("title", "confirm.title");
    builder.say("heading", "confirm.title");
    builder.say("privacy", "confirm.privacy");
    builder.flag("error", true);
    builder.say("says", "confirm.gone");
    builder.set("start_href", "/verify?lang=" + std::string(words::code_of(language)));
    builder.say("start", "verify.page.title");
    return builder.render();
}

} // namespace peercert::http
