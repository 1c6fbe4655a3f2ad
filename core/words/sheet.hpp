#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/finding.hpp>

#include "words/messages.hpp"

/// An answer laid out for reading, line by line: the command line prints it, a page can show it.
namespace peercert::words {

enum class Tone : std::uint8_t { plain, heading, good, open, faint };

struct SheetLine {
    int indent{0};    ///< columns
    std::string mark; ///< "there", "not yet": said before the text; may be empty
    std::string text; ///< empty: an empty line
    Tone tone{Tone::plain};
};
using Sheet = std::vector<SheetLine>;

/// The sentences of one language.
class Speaker {
public:
    Speaker(const Messages& messages, Language language) : messages_(messages), language_(language) {}

    std::string say(std::string_view key, Messages::Values values = {}) const {
        return messages_.format(language_, key, values);
    }
    std::string counted(std::string_view key, std::int64_t count) const {
        return messages_.counted(language_, key, count);
    }
    std::string day(Date day) const { return messages_.day(language_, day); }
    std::string amount(std::int64_t amount, Unit unit, std::string_view own_unit = {},
                       std::int64_t own_unit_size = 0) const;
    std::string money(std::int64_t cents) const { return amount(cents, Unit::cents); }
    /// A name out of a rule file, or what the engine calls a thing.
    std::string name(std::string_view english) const { return messages_.name(language_, english); }
    std::string names(const std::vector<std::string>& english) const;
    /// What a credential is called: in Spanish what it means, with the title that stands on the certificate.
    std::string title(std::string_view english) const;
    /// "to become certified", from the English of services.
    std::string step(std::string_view step) const;
    /// The event whose day chose an edition.
    std::string event(std::string_view event) const;
    /// "there", "not yet", "needs a decision", "not asked".
    std::string verdict(Verdict verdict) const;

    const Messages& messages() const { return messages_; }
    Language language() const { return language_; }

private:
    const Messages& messages_;
    Language language_;
};

Tone tone_of(Verdict verdict);

/// The answer, what is there, what is open and the way to it. `brief` leaves out the details of what is there.
void tell_finding(Sheet& sheet, const Finding& finding, const Speaker& speaker, bool brief,
                  const std::map<EntryId, Date>* days = nullptr);

} // namespace peercert::words
