#include "domain/enum_text.hpp"

#include "domain/application.hpp"
#include "domain/bundle.hpp"
#include "domain/cohort.hpp"
#include "domain/confirmation.hpp"
#include "domain/consent.hpp"
#include "domain/credential.hpp"
#include "domain/edition.hpp"
#include "domain/entry.hpp"
#include "domain/installation.hpp"
#include "domain/organization.hpp"
#include "domain/person.hpp"
#include "domain/place.hpp"
#include "domain/proposal.hpp"
#include "domain/sign_off.hpp"

/// The words of every enum, in the order of its declaration. They are stored: a word may be added at the end of an
/// enum, never changed.
namespace peercert::domain {
namespace {

constexpr EnumText<NameKind, 3> name_kind_words{{{"certificate", "used", "legal"}}};
constexpr EnumText<ContactKind, 2> contact_kind_words{{{"email", "phone"}}};
constexpr EnumText<OrganizationKind, 5> organization_kind_words{
    {{"training_centre", "employer", "certifying_body", "county", "provider"}}};
constexpr EnumText<EditionKind, 3> edition_kind_words{{{"curriculum", "track", "framework"}}};
constexpr EnumText<EnrolmentState, 5> enrolment_state_words{
    {{"enrolled", "paused", "returned", "moved_on", "completed"}}};
constexpr EnumText<EntryKind, 12> entry_kind_words{
    {{"training", "attendance", "sign_off", "exam", "practice", "supervision", "ce", "activity", "attestation",
      "document", "fact", "decision"}}};
constexpr EnumText<EntryResult, 9> entry_result_words{
    {{"none", "passed", "not_yet", "no_show", "shown", "not_observed", "approved", "refused", "pending"}}};
constexpr EnumText<ConfirmationStep, 4> confirmation_step_words{{{"asked", "confirmed", "answered", "withdrawn"}}};
constexpr EnumText<LateReason, 6> late_reason_words{
    {{"paper_form", "system_unavailable", "assessor_away", "correction", "moved_record", "other"}}};
constexpr EnumText<Outcome, 4> outcome_words{{{"granted", "denied", "returned", "withdrawn"}}};
constexpr EnumText<CredentialEventKind, 10> credential_event_kind_words{
    {{"suspend", "reinstate", "revoke", "surrender", "replace", "end", "condition", "condition_lifted", "consent",
      "consent_withdrawn"}}};
constexpr EnumText<TermPlace, 3> term_place_words{{{"", "beside", "moved"}}};
constexpr EnumText<ConsentPurpose, 4> consent_purpose_words{{{"register", "directory", "employer", "research"}}};
constexpr EnumText<RegisterAccess, 4> register_access_words{{{"", "open", "with consent", "restricted"}}};
constexpr EnumText<ProposalStep, 3> proposal_step_words{{{"approved", "published", "withdrawn"}}};
constexpr EnumText<BundleOutcome, 4> bundle_outcome_words{{{"recorded", "known", "replaced", "to_decide"}}};
constexpr EnumText<GivenBy, 3> given_by_words{{{"arrival", "score", "lot"}}};
constexpr EnumText<PlaceStep, 8> place_step_words{
    {{"scored", "recused", "ranked", "offered", "accepted", "declined", "ran_out", "told"}}};
constexpr EnumText<PlaceFree, 6> place_free_words{
    {{"", "first_round", "declined", "ran_out", "given_back", "more_places"}}};
constexpr EnumText<PlaceState, 6> place_state_words{
    {{"received", "waiting", "offered", "accepted", "declined", "ran_out"}}};
constexpr EnumText<PaperKind, 2> paper_kind_words{{{"essay", "interview"}}};
constexpr EnumText<SignOffState, 5> sign_off_state_words{
    {{"draft", "awaiting_assessor", "awaiting_cosignature", "signed", "under_review"}}};
constexpr EnumText<Response, 5> response_words{
    {{"agrees", "disagrees", "asks_to_talk", "asks_to_be_seen_again", "taken_back"}}};
constexpr EnumText<InstallationKind, 2> installation_kind_words{{{"live", "demo"}}};

} // namespace

std::string_view to_text(BundleOutcome value) { return bundle_outcome_words.text(value); }
std::optional<BundleOutcome> parse_bundle_outcome(std::string_view text) { return bundle_outcome_words.parse(text); }

std::string_view to_text(NameKind value) { return name_kind_words.text(value); }
std::optional<NameKind> parse_name_kind(std::string_view text) { return name_kind_words.parse(text); }

std::string_view to_text(ContactKind value) { return contact_kind_words.text(value); }
std::optional<ContactKind> parse_contact_kind(std::string_view text) { return contact_kind_words.parse(text); }

std::string_view to_text(OrganizationKind value) { return organization_kind_words.text(value); }
std::optional<OrganizationKind> parse_organization_kind(std::string_view text) {
    return organization_kind_words.parse(text);
}

std::string_view to_text(EditionKind value) { return edition_kind_words.text(value); }
std::optional<EditionKind> parse_edition_kind(std::string_view text) { return edition_kind_words.parse(text); }

std::string_view to_text(EnrolmentState value) { return enrolment_state_words.text(value); }
std::optional<EnrolmentState> parse_enrolment_state(std::string_view text) { return enrolment_state_words.parse(text); }

std::string_view to_text(SignOffState value) { return sign_off_state_words.text(value); }
std::optional<SignOffState> parse_sign_off_state(std::string_view text) { return sign_off_state_words.parse(text); }

std::string_view to_text(Response value) { return response_words.text(value); }
std::optional<Response> parse_response(std::string_view text) { return response_words.parse(text); }

std::string_view to_text(EntryKind value) { return entry_kind_words.text(value); }
std::optional<EntryKind> parse_entry_kind(std::string_view text) { return entry_kind_words.parse(text); }

std::string_view to_text(EntryResult value) { return entry_result_words.text(value); }
std::optional<EntryResult> parse_entry_result(std::string_view text) { return entry_result_words.parse(text); }

std::string_view to_text(ConfirmationStep value) { return confirmation_step_words.text(value); }
std::optional<ConfirmationStep> parse_confirmation_step(std::string_view text) {
    return confirmation_step_words.parse(text);
}

std::string_view to_text(LateReason value) { return late_reason_words.text(value); }
std::optional<LateReason> parse_late_reason(std::string_view text) { return late_reason_words.parse(text); }

std::string_view to_text(Outcome value) { return outcome_words.text(value); }
std::optional<Outcome> parse_outcome(std::string_view text) { return outcome_words.parse(text); }

std::string_view to_text(CredentialEventKind value) { return credential_event_kind_words.text(value); }
std::optional<CredentialEventKind> parse_credential_event_kind(std::string_view text) {
    return credential_event_kind_words.parse(text);
}

std::string_view to_text(ProposalStep value) { return proposal_step_words.text(value); }
std::optional<ProposalStep> parse_proposal_step(std::string_view text) { return proposal_step_words.parse(text); }

std::string_view to_text(TermPlace value) { return term_place_words.text(value); }
std::optional<TermPlace> parse_term_place(std::string_view text) { return term_place_words.parse(text); }

std::string_view to_text(ConsentPurpose value) { return consent_purpose_words.text(value); }
std::optional<ConsentPurpose> parse_consent_purpose(std::string_view text) { return consent_purpose_words.parse(text); }

std::string_view to_text(RegisterAccess value) { return register_access_words.text(value); }
std::optional<RegisterAccess> parse_register_access(std::string_view text) { return register_access_words.parse(text); }

std::string_view to_text(InstallationKind value) { return installation_kind_words.text(value); }
std::optional<InstallationKind> parse_installation_kind(std::string_view text) {
    return installation_kind_words.parse(text);
}

std::string_view to_text(GivenBy value) { return given_by_words.text(value); }
std::string_view to_text(PlaceStep value) { return place_step_words.text(value); }
std::string_view to_text(PlaceFree value) { return place_free_words.text(value); }
std::string_view to_text(PlaceState value) { return place_state_words.text(value); }
std::string_view to_text(PaperKind value) { return paper_kind_words.text(value); }
std::optional<GivenBy> parse_given_by(std::string_view text) { return given_by_words.parse(text); }
std::optional<PlaceStep> parse_place_step(std::string_view text) { return place_step_words.parse(text); }
std::optional<PlaceFree> parse_place_free(std::string_view text) { return place_free_words.parse(text); }
std::optional<PaperKind> parse_paper_kind(std::string_view text) { return paper_kind_words.parse(text); }

} // namespace peercert::domain
