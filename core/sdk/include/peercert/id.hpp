#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace peercert {

/// A database key with a kind: a PersonId cannot be passed where a CohortId is wanted. 0 means "not stored yet".
template <class Tag>
class Id {
public:
    constexpr Id() = default;
    constexpr explicit Id(std::int64_t value) : value_(value) {}
    constexpr std::int64_t value() const noexcept { return value_; }
    constexpr explicit operator bool() const noexcept { return value_ != 0; }
    constexpr auto operator<=>(const Id&) const = default;

private:
    std::int64_t value_{0};
};

using PersonId = Id<struct PersonTag>;
using OrganizationId = Id<struct OrganizationTag>;
using EntryId = Id<struct EntryTag>;
using CohortId = Id<struct CohortTag>;
using SessionId = Id<struct SessionTag>;
using CredentialId = Id<struct CredentialTag>;
using TermId = Id<struct TermTag>;
using ApplicationId = Id<struct ApplicationTag>;

} // namespace peercert

template <class Tag>
struct std::hash<peercert::Id<Tag>> {
    std::size_t operator()(peercert::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value()); }
};
