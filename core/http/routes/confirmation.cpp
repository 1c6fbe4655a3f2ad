#include <charconv>

#include <peercert/error.hpp>

#include "http/confirm_page.hpp"
#include "http/page.hpp"
#include "http/routes.hpp"

namespace peercert::http {
namespace {

constexpr std::size_t most_fields = 2000;

struct Answer {
    std::vector<EntryId> lines;
    std::optional<std::string_view> language;
};

/// `line=12&line=15&lang=es`: numbers and a language code, so nothing needs decoding. Throws Error{invalid_input} for
/// anything else; our own page sends nothing else.
Answer parse_form(std::string_view body) {
    const auto refuse = [] { throw Error(ErrorCode::invalid_input, "this is not what the form of this page sends"); };
    Answer answer;
    for (std::size_t fields = 0; !body.empty(); ++fields) {
        if (fields == most_fields)
            refuse();
        const std::size_t end = body.find('&');
        const std::string_view field = body.substr(0, end);
        body.remove_prefix(end == std::string_view::npos ? body.size() : end + 1);
        const std::size_t equals = field.find('=');
        if (equals == std::string_view::npos)
            refuse();
        const std::string_view name = field.substr(0, equals), value = field.substr(equals + 1);
        if (name == "line") {
            std::int64_t number = 0;
            const auto [rest, error] = std::from_chars(value.data(), value.data() + value.size(), number);
            if (error != std::errc{} || rest != value.data() + value.size() || number <= 0)
                refuse();
            answer.lines.emplace_back(number);
        } else if (name == "lang" && (value == "en" || value == "es") && !answer.language) {
            answer.language = value;
        } else {
            refuse();
        }
    }
    return answer;
}

void show(const App& app, const Request& request, std::optional<std::string_view> wanted,
          const services::ConfirmationView& view, const std::string& mend, Response& response) {
    ConfirmPage page{.language = language_for(wanted, request.header("Accept-Language")),
                     .secret = request.path("secret"),
                     .view = &view,
                     .mend = mend,
                     .demo = app.demo};
    response.type = ContentType::html;
    response.set_header("Content-Language", words::code_of(page.language));
    response.set_header("Vary", "Accept-Language");
    response.body = render(page, *app.messages);
    response.log += " request=" + std::to_string(view.id.value());
}

void open(const App& app, const Request& request, Response& response) {
    const auto wanted = request.query("lang");
    if (wanted && *wanted != "en" && *wanted != "es")
        throw Error(ErrorCode::invalid_input, "lang is en or es");
    show(app, request, wanted, app.open_confirmation(request.path("secret")), {}, response);
}

/// Runs `fn`; where it finds no request, says so in words of its own: who was given a link is not checking a
/// credential.
template <class Fn>
void or_no_such_link(const App& app, const Request& request, Response& response, Fn&& fn) {
    try {
        fn();
    } catch (const Error& error) {
        if (error.code() != ErrorCode::not_found)
            throw;
        response.clear();
        response.status = 404;
        response.type = ContentType::html;
        const auto language = language_for(std::nullopt, request.header("Accept-Language"));
        response.set_header("Content-Language", words::code_of(language));
        response.body = render_no_such_link(language, app.demo, *app.messages);
    }
}

void answer(const App& app, const Request& request, Response& response) {
    const Answer answer = parse_form(request.body);
    const std::string_view secret = request.path("secret");
    try {
        const services::Answered answered = app.answer_confirmation(secret, answer.lines);
        show(app, request, answer.language, answered.view, {}, response);
        response.log += " confirmed=" + std::to_string(answered.minutes);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::conflict)
            throw;
        // As it stands now: answered before, or a line was changed since.
        show(app, request, answer.language, app.open_confirmation(secret),
             app.messages->text(language_for(answer.language, request.header("Accept-Language")), "confirm.mend"),
             response);
        response.status = 409;
    }
}

} // namespace

void add_confirmation(Router& router, const App& app) {
    if (!app.open_confirmation || !app.answer_confirmation)
        return;
    router.add({.path = "/confirm/{secret}",
                .permission = Permission::anyone,
                .limit = LimitClass::lookup,
                .surface = Surface::page,
                .query = {"lang"},
                .handler = [&app](const Request& request, Response& response) {
                    or_no_such_link(app, request, response, [&] { open(app, request, response); });
                }});
    router.add({.method = Method::post,
                .path = "/confirm/{secret}",
                .permission = Permission::anyone,
                .limit = LimitClass::lookup,
                .input = Input::form,
                .surface = Surface::page,
                .handler = [&app](const Request& request, Response& response) {
                    or_no_such_link(app, request, response, [&] { answer(app, request, response); });
                }});
}

} // namespace peercert::http
