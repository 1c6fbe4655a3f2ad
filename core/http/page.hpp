#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/verification_answer.hpp"
#include "words/messages.hpp"

/// The page on which people check a credential: HTML without script, whole in one file, texts from the message files.
namespace peercert::http {

struct VerifyPage {
    words::Language language{words::Language::english};
    std::string_view number; ///< as typed; shown again in the form
    std::string_view valid_on;
    std::string_view mend_number; ///< key of the message about what is wrong with it, or empty
    std::string_view mend_day;
    const services::VerificationAnswer* answer{nullptr};
    bool demo{false}; ///< say that everybody here is invented
};

std::string render(const VerifyPage& page, const words::Messages& messages);
std::string render_error(int status, std::string_view request_id, words::Language language, bool demo,
                         const words::Messages& messages);
std::string_view style_sheet();

/// The language of `?lang=` if there is one, else the first of ours in Accept-Language by weight, else English.
words::Language language_for(std::optional<std::string_view> query, std::optional<std::string_view> accept_language);

} // namespace peercert::http
