#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "domain/person.hpp"

namespace peercert::storage {

class UnitOfWork;

/// Many people at once, in one write unit: about as fast as the database itself, memory flat however many there are.
/// Finds duplicates against everything stored and everything added before through it.
///
///     PeopleImport import(work);
///     for (row : file) { auto added = import.add(row); if (added.duplicate_of) report(row, *added.duplicate_of); }
///     import.finish();            // the audit row
class PeopleImport {
public:
    /// `from`: first day of names and contacts, the programme's day; absent: the unit's day in UTC.
    explicit PeopleImport(UnitOfWork& work, std::optional<Date> from = {});
    ~PeopleImport();
    PeopleImport(const PeopleImport&) = delete;
    PeopleImport& operator=(const PeopleImport&) = delete;

    struct Row {
        std::string_view name_used; ///< the rest as in domain::NewPerson; empty means not given
        std::string_view name_on_certificate;
        std::optional<Date> born;
        std::string_view email;
        std::string_view phone;
    };
    struct Added {
        PersonId person;                      ///< who was added; 0 if a duplicate was found, then nothing was
        std::optional<PersonId> duplicate_of; ///< as People::alike
    };

    /// Throws Error{invalid_input} for text that is not clean; nothing is added then and the import may go on.
    Added add(const Row& row);

    std::int64_t added() const;

    /// One audit row over everything added: "people.imported", "person 12..311", digest of all rows. Nothing for none.
    void finish();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace peercert::storage
