#include "http/page_builder.hpp"

namespace peercert::http {

namespace embedded {
extern const std::string_view verify_page;
} // namespace embedded

PageBuilder::PageBuilder(words::Language language, bool demo, const words::Messages& messages)
    : language_(language), messages_(messages) {
    flag("demo", demo);
    say("demo_says", "verify.page.demo");
    set("lang", words::code_of(language));
    set("other_lang", words::code_of(other()));
    say("skip", "verify.page.skip");
    say("other_language", "verify.page.other_language");
    say("privacy", "verify.page.privacy");
    for (const char* part : {"error", "answer", "form", "confirm"})
        flag(part, false);
}

std::string PageBuilder::render() const {
    kainjow::mustache::mustache page{std::string(embedded::verify_page)};
    return page.render(page_);
}

std::string instant_for_people(std::string instant) {
    if (instant.size() != 20 || instant[10] != 'T' || instant.back() != 'Z')
        return instant;
    instant[10] = ' ';
    instant.replace(19, 1, " UTC");
    return instant;
}

} // namespace peercert::http
