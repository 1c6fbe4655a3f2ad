#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credentials/status.hpp"
#include "domain/application.hpp"
#include "domain/credential.hpp"
#include "services/actor.hpp"
#include "services/assessment.hpp"
#include "services/house.hpp"
#include "services/rulebook.hpp"

namespace peercert::services {

struct ApplyRequest {
    std::string person;
    std::string track;
    Step::Verb verb{Step::Verb::become};
    std::string level;               ///< empty: the only one with such a step
    std::optional<Date> received_on; ///< absent: today in the track's zone; not later than today
    std::optional<Span> term;        ///< how long a term is asked for, where the holder chooses
    std::string edition;             ///< asked for by name, where there is a choice; empty: the one that applies
};

struct ApplicationView {
    domain::Application application;
    std::string person; ///< code
    std::vector<domain::Decision> decisions;
    std::optional<Date> closes_on; ///< last day on which it can be granted; absent: it stays open
    std::optional<Date> decide_by; ///< the body's own time to decide ends; for reports only
};

struct DecideRequest {
    ApplicationId application;
    domain::Outcome outcome{domain::Outcome::granted};
    std::string decided_by; ///< person code of the reviewer; empty: the actor
    std::string issuer;     ///< organization's code, for a first credential
};

/// One credential as its holder and the certifying body see it.
struct CredentialView {
    domain::CredentialRecord record;
    std::string person; ///< code
    std::string issuer; ///< code
    credentials::Status status;
    std::vector<credentials::AddedLevel> levels; ///< added ones that it bears on that day
    std::vector<std::string> moved; ///< of what was just issued: numbers of credentials whose days follow it now
    std::vector<std::string> numbers_elsewhere; ///< under which it was known before it came with a packet
};

struct Decided {
    domain::Outcome outcome{domain::Outcome::granted};
    Finding finding;                          ///< as frozen with the decision
    std::optional<CredentialView> credential; ///< what was issued or renewed
};

/// Asking for a credential, deciding, issuing, renewing, and what happens to it afterwards. Every decision keeps the
/// finding tree, the entries used and the digest of the edition; nothing is issued twice; nothing is backdated.
class Certification {
public:
    Certification(House& house, const Rulebook& rulebook) : house_(house), rulebook_(rulebook) {}

    ApplicationView apply(const Actor& actor, const ApplyRequest& request, Mode mode = Mode::commit);
    /// The application may go on (to the exam, to practice): a day that rules hang on, before anything is decided.
    /// `on`: absent, today; not before the application was received, not later than today.
    ApplicationView approve(const Actor& actor, ApplicationId id, std::optional<Date> on, Mode mode = Mode::commit);
    /// Granting needs a finding that passes on the day of the decision (today in the track's zone); otherwise
    /// Error{conflict} says what is open. Deciding twice is Error{conflict}.
    Decided decide(const Actor& actor, const DecideRequest& request, Mode mode = Mode::commit);
    /// A level of a curriculum or track given in one step, judged and decided today (a facilitator's award).
    Decided award(const Actor& actor, const ApplyRequest& request, const std::string& issuer, Mode mode = Mode::commit);

    struct Held {
        std::string person;
        std::string track;
        std::string level;
        std::string issuer; ///< organization that issued it elsewhere
        Date first_day{};
        std::optional<Date> last_day;
        std::string edition{}; ///< asked for by name, where there is a choice
    };
    /// A credential issued by somebody else before it came to this record, taken over from its certificate: true then,
    /// recorded now, and marked so. It is not judged.
    CredentialView take_over(const Actor& actor, const Held& held, Mode mode = Mode::commit);

    /// Suspend, reinstate, revoke, surrender, replace or end from `effective_day` on (absent: today; earlier days only
    /// where the credential's own terms allow). No reason is stored: status and date only. With a `level`: that added
    /// level alone, while the certificate that bears it stays.
    CredentialView change_standing(const Actor& actor, std::string_view number, domain::CredentialEventKind kind,
                                   std::optional<Date> effective_day, Mode mode = Mode::commit,
                                   const std::string& level = {});

    /// Its holder lets it be shown to whoever has the number, or no longer does: from today on. Throws Error{conflict}
    /// where the register of its track asks for no consent, or that is recorded already.
    CredentialView consent(const Actor& actor, std::string_view number, bool given, Mode mode = Mode::commit);

    CredentialView show(const Actor& actor, std::string_view number, std::optional<Date> on);
    std::vector<CredentialView> of_person(const Actor& actor, std::string_view person);
    std::vector<ApplicationView> open_applications(const Actor& actor);
    ApplicationView application(const Actor& actor, ApplicationId id);

private:
    struct Receipt {
        Rulebook::Chosen chosen;
        Date received{};
    };
    Receipt chosen_on_receipt(storage::UnitOfWork& work, const domain::Person& person,
                              const ApplyRequest& request) const;
    ApplicationView view(storage::UnitOfWork& work, const domain::Application&) const;
    /// The last day on which it can be granted, where the rules give it one.
    std::optional<Date> closes_on(storage::UnitOfWork& work, const domain::Application&) const;
    bool has_closed(storage::UnitOfWork& work, const domain::Application&) const;
    /// Stores what is asked, with the edition that applies, unless it makes no sense for what the person holds.
    domain::Application receive(storage::UnitOfWork& work, const domain::Person& person,
                                const ApplyRequest& request) const;
    Decided issue(storage::UnitOfWork& work, const Actor& actor, const domain::Application& application,
                  const DecideRequest& request);

    House& house_;
    const Rulebook& rulebook_;
};

} // namespace peercert::services
