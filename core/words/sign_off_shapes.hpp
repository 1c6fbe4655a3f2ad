#pragma once

#include "exchange/json.hpp"
#include "services/competencies.hpp"
#include "services/signatures.hpp"

/// Sign-offs as JSON; see shapes.hpp for what all shapes have in common.
namespace peercert::words {

using exchange::Json;

Json signed_off_json(const services::SignedOff& signed_off);
Json group_signed_off_json(const services::GroupSignedOff& signed_off);
Json signature_json(const services::SignatureView& view);
Json confirmed_json(const services::Confirmed& confirmed);
Json changed_json(const services::Changed& changed);

/// One word or two for how far a signature is, told to people: "waiting for the assessor". With a withdrawn line
/// "withdrawn", with a replaced one "superseded".
std::string standing_of(const services::SignatureView& view);

} // namespace peercert::words
