#pragma once

#include <string>
#include <string_view>

#include "services/hours.hpp"
#include "words/messages.hpp"

/// The page on which a supervisor confirms hours: the lines, a box for each, one button; no account and no script.
namespace peercert::http {

struct ConfirmPage {
    words::Language language{words::Language::english};
    std::string_view secret;
    const services::ConfirmationView* view{nullptr};
    std::string mend; ///< why an answer was not taken, a sentence; empty: nothing is wrong
    bool demo{false};
};

std::string render(const ConfirmPage& page, const words::Messages& messages);
/// Instead of a request that nothing has, was withdrawn, or is over: the same words for all of them.
std::string render_no_such_link(words::Language language, bool demo, const words::Messages& messages);

} // namespace peercert::http
