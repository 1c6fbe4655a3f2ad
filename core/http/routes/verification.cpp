#include <peercert/error.hpp>

#include "domain/codes.hpp"
#include "http/page.hpp"
#include "http/problem.hpp"
#include "http/routes.hpp"
#include "words/verification.hpp"

namespace peercert::http {
namespace {

using services::VerificationAnswer;
using services::VerificationOutcome;

constexpr std::size_t longest_number = domain::longest_typed_code;

/// For the log: the outcome, and the number when it is one of ours. What was typed in vain may be somebody's name.
void note(Response& response, const VerificationAnswer& answer) {
    response.log += " outcome=";
    response.log += words::code_of(answer.outcome);
    if (answer.outcome == VerificationOutcome::no_match || answer.outcome == VerificationOutcome::cannot_check)
        return;
    response.log += " number=";
    response.log += answer.number;
    response.log += " day=";
    response.log += peercert::to_text(answer.asked_day);
}

/// A record that cannot be read has words of its own, not those of an error.
VerificationAnswer ask(const App& app, std::string_view number, std::optional<Date> valid_on) {
    try {
        return app.verify(number, valid_on);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::unavailable)
            throw;
    }
    VerificationAnswer nothing;
    nothing.outcome = VerificationOutcome::cannot_check;
    nothing.asked = nothing.number = number;
    return nothing;
}

/// Every answer about a number is a 200, also "no match": unknown, hidden and mistyped numbers must not differ in
/// anything, a "no" is as much an answer as a yes, and a 404 would be mistaken for a wrong address. Whoever reads only
/// the status learns nothing; `certified` is the first member. Only a record that cannot be read is a failure: 503.
void verify_for_machines(const App& app, const Request& request, Response& response) {
    const std::string_view number = request.path("number");
    if (number.size() > longest_number)
        throw Error(ErrorCode::invalid_input, "this is too long for a credential number");
    std::optional<Date> valid_on;
    if (const auto text = request.query("valid_on")) {
        valid_on = parse_date(*text);
        if (!valid_on)
            throw Error(ErrorCode::invalid_input, "valid_on must be a day of the calendar, written YYYY-MM-DD");
    }
    const VerificationAnswer answer = ask(app, number, valid_on);
    note(response, answer);
    if (answer.outcome == VerificationOutcome::cannot_check) {
        response.set_header("Retry-After", "30");
        set_problem(response, 503, words::statement(answer, *app.messages, words::Language::english), request.id,
                    R"("certified":false,"outcome":"cannot_check")");
        return;
    }
    words::append_json(response.body, answer, *app.messages);
}

void write_page(const App& app, VerifyPage& page, Response& response) {
    response.type = ContentType::html;
    response.set_header("Content-Language", words::code_of(page.language));
    response.set_header("Vary", "Accept-Language");
    response.body = render(page, *app.messages);
}

void verify_for_people(const App& app, const Request& request, std::optional<std::string_view> number,
                       Response& response) {
    const auto wanted = request.query("lang");
    if (wanted && *wanted != "en" && *wanted != "es")
        throw Error(ErrorCode::invalid_input, "lang is en or es");
    VerifyPage page;
    page.demo = app.demo;
    page.language = language_for(wanted, request.header("Accept-Language"));
    page.valid_on = request.query("valid_on").value_or(std::string_view{}); // a form sends an empty field too
    std::optional<Date> valid_on;
    if (!page.valid_on.empty()) {
        valid_on = parse_date(page.valid_on);
        if (!valid_on)
            page.mend_day = "verify.page.day_wrong";
    }
    if (number) {
        page.number = *number;
        if (number->find_first_not_of(' ') == std::string_view::npos)
            page.mend_number = "verify.page.number_missing";
        else if (number->size() > longest_number)
            page.mend_number = "verify.page.number_long";
    }
    if (!page.mend_number.empty() || !page.mend_day.empty())
        response.status = 400;
    if (!number || response.status == 400) {
        write_page(app, page, response);
        return;
    }
    const VerificationAnswer answer = ask(app, *number, valid_on);
    note(response, answer);
    if (answer.outcome == VerificationOutcome::cannot_check) {
        response.status = 503;
        response.set_header("Retry-After", "30");
    }
    page.answer = &answer;
    write_page(app, page, response);
}

} // namespace

void add_verification(Router& router, const App& app) {
    router.add({.path = "/api/v1/verify/{number}",
                .permission = Permission::anyone,
                .limit = LimitClass::lookup,
                .query = {"valid_on"},
                .handler = [&app](const Request& request, Response& response) {
                    verify_for_machines(app, request, response);
                }});
    router.add({.path = "/verify/{number}",
                .permission = Permission::anyone,
                .limit = LimitClass::lookup,
                .surface = Surface::page,
                .query = {"valid_on", "lang"},
                .handler = [&app](const Request& request, Response& response) {
                    verify_for_people(app, request, request.path("number"), response);
                }});
    router.add({.path = "/verify",
                .permission = Permission::anyone,
                .limit = LimitClass::lookup,
                .surface = Surface::page,
                .query = {"number", "valid_on", "lang"},
                .handler = [&app](const Request& request, Response& response) {
                    verify_for_people(app, request, request.query("number"), response);
                }});
    router.add({.path = "/",
                .permission = Permission::anyone,
                .surface = Surface::page,

                .handler = [](const Request&, Response& response) {
                    response.status = 303;
                    response.type = ContentType::html;
                    response.set_header("Location", "/verify");
                }});
    router.add({.path = "/assets/verify.css",
                .permission = Permission::anyone,
                .caching = Caching::one_hour,

                .handler = [](const Request&, Response& response) {
                    response.type = ContentType::css;
                    response.body = style_sheet();
                }});
    router.error_page = [&app](int status, const Request& request, Response& response) {
        response.status = status;
        response.type = ContentType::html;
        const auto language = language_for(std::nullopt, request.header("Accept-Language"));
        response.set_header("Content-Language", words::code_of(language));
        response.body = render_error(status, request.id, language, app.demo, *app.messages);
    };
}

} // namespace peercert::http
