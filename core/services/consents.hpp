#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/consent.hpp"
#include "services/people.hpp"

namespace peercert::services {

/// What is said about a consent.
struct ConsentRequest {
    std::string person; ///< code
    domain::ConsentPurpose purpose{domain::ConsentPurpose::public_register};
    std::string about;       ///< code of a track; only for a register; empty: every one
    std::string wording;     ///< version of the text that was agreed to
    std::optional<Date> day; ///< absent: today; never a day to come
};

struct ConsentLine {
    domain::Consent consent;
    bool stands{false}; ///< it is given, and nothing newer about the same says otherwise
};

/// Consents of people: dated, worded, revocable; the one place where the program looks whether there is one.
/// Withdrawing asks for no reason.
class Consents {
public:
    explicit Consents(House& house) : house_(house) {}

    /// Throws Error{conflict} if that consent stands already, Error{invalid_input} for a day to come.
    void give(const Actor& actor, const ConsentRequest& request, Mode mode = Mode::commit);
    /// Throws Error{conflict} if there is none to withdraw.
    void withdraw(const Actor& actor, const ConsentRequest& request, Mode mode = Mode::commit);
    /// Oldest first.
    std::vector<ConsentLine> of(const Actor& actor, std::string_view person);

private:
    void record(const Actor& actor, const ConsentRequest& request, bool given, Mode mode);
    House& house_;
};

/// Within a unit, for whoever may do it already.
void record_consent(storage::UnitOfWork& work, const domain::Consent& consent);

} // namespace peercert::services
