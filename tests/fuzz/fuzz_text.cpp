// Text and codes from outside: cleaning is final, and a code that reads prints as itself.
#include "domain/codes.hpp"
#include "domain/text.hpp"

#include <peercert/date.hpp>
#include <peercert/error.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void must(bool holds) {
    if (!holds)
        std::abort();
}

template <class Clean>
void cleaning_is_final(std::string_view text, Clean clean) {
    std::string once;
    try {
        once = clean(text);
    } catch (const peercert::Error& error) {
        must(error.code() == peercert::ErrorCode::invalid_input);
        return;
    }
    must(clean(once) == once);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace domain = peercert::domain;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    cleaning_is_final(text, [](std::string_view t) { return domain::clean_text(t, domain::person_name_rule); });
    cleaning_is_final(text, [](std::string_view t) { return domain::clean_code(t, "code"); });
    cleaning_is_final(text, [](std::string_view t) { return domain::clean_email(t); });
    try {
        const std::string key = domain::search_key(domain::clean_text(text, domain::person_name_rule));
        must(domain::search_key(key) == key);
    } catch (const peercert::Error& error) {
        must(error.code() == peercert::ErrorCode::invalid_input);
    }
    if (const auto number = domain::CredentialNumber::parse(text))
        must(domain::CredentialNumber::parse(number->str()) == number);
    if (const auto code = domain::PersonCode::parse(text))
        must(domain::PersonCode::parse(code->str()) == code);
    if (const auto day = peercert::parse_date(text))
        must(day->ok() && peercert::to_text(*day) == text);
    return 0;
}
