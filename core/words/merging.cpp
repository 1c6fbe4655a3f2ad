#include "words/merging.hpp"

#include <vector>

#include "words/json_list.hpp"
#include "words/shapes.hpp"

namespace peercert::words {

namespace {

Json share_json(const services::RecordShare& share) {
    Json json = Json::object();
    json.set("entries", list(share.entries, [](EntryId id) { return Json(id.value()); }));
    json.set("credentials", list(share.credentials, [](const services::RecordShare::Credential& one) {
                 return Json::object().set("number", one.number).set("track", one.track);
             }));
    json.set("places", Json::array_of(share.places));
    json.set("roles", list(share.roles, [](const services::PersonView::Role& one) {
                 return Json::object().set("role", one.role).set("organization", one.organization);
             }));
    json.set("applications", list(share.applications, [](ApplicationId id) { return Json(id.value()); }));
    return json;
}

std::string counted(std::size_t count, const std::string& one, const std::string& many) {
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

} // namespace

exchange::Json merged_json(const services::Merged& merged) {
    Json json = Json::object();
    json.set("kept", person_json(merged.kept))
        .set("other", person_json(merged.other))
        .set("moves", share_json(merged.moves))
        .set("conflicts", list(merged.conflicts, [](const services::MergeConflict& one) {
                 return Json::object()
                     .set("kind", services::word_of(one.kind))
                     .set("about", one.about)
                     .set("kept", one.kept)
                     .set("other", one.other)
                     .set("what", told(one));
             }));
    return json;
}

exchange::Json unmerged_json(const services::Unmerged& unmerged) {
    Json json = Json::object();
    json.set("kept", person_json(unmerged.kept))
        .set("other", person_json(unmerged.other))
        .set("leaves", share_json(unmerged.leaves))
        .set("recorded_meanwhile",
             Json::object().set("kept", share_json(unmerged.of_kept)).set("other", share_json(unmerged.of_other)));
    return json;
}

std::string told(const services::MergeConflict& conflict) {
    using Kind = services::MergeConflict::Kind;
    switch (conflict.kind) {
    case Kind::same_track:
        return "both hold a credential of " + conflict.about + ": " + conflict.kept + " and " + conflict.other +
               "; both stay, and one of them has to be ended by whoever issued it";
    case Kind::birthday:
        return "born " + conflict.kept + " and " + conflict.other + "; the first counts for both from now on";
    case Kind::same_cohort:
        return "both have a place in " + conflict.about + ": " + conflict.kept + " and " + conflict.other;
    case Kind::vouched:
        return "one vouched for the other: " + conflict.kept + " lines of the first, " + conflict.other +
               " of the second; nobody vouches for themselves, so somebody else has to look at them";
    case Kind::hidden: return "one of the two asked not to be verified; from now on that goes for both records";
    case Kind::departed:
        return "one of the two is recorded as gone since " +
               (conflict.kept.empty() || (!conflict.other.empty() && conflict.other < conflict.kept) ? conflict.other
                                                                                                     : conflict.kept) +
               "; from now on that goes for both records";
    case Kind::apart: return "somebody looked at the two before and said that they are two people";
    }
    return "";
}

std::string told(const services::RecordShare& share) {
    std::vector<std::string> parts;
    if (!share.entries.empty())
        parts.push_back(counted(share.entries.size(), "line of the ledger", "lines of the ledger"));
    if (!share.credentials.empty())
        parts.push_back(counted(share.credentials.size(), "credential", "credentials"));
    if (!share.places.empty())
        parts.push_back(counted(share.places.size(), "place in a cohort", "places in cohorts"));
    if (!share.roles.empty())
        parts.push_back(counted(share.roles.size(), "role", "roles"));
    if (!share.applications.empty())
        parts.push_back(counted(share.applications.size(), "application", "applications"));
    std::string all;
    for (const std::string& part : parts)
        all += (all.empty() ? "" : ", ") + part;
    return all.empty() ? "nothing" : all;
}

} // namespace peercert::words
