#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/person.hpp"

namespace peercert::storage {

class UnitOfWork;

/// Many people at once, in one write unit: about as fast as the database itself, memory flat however many there are.
/// Finds duplicates against everything stored and everything added before through it. Rows are judged and stored some
/// thousand at a time, in their order, so what became of a row is told later than it was given. While rows are written
/// by a second thread the next are read by this one: until finish() the unit is to be used in Tell only.
///
///     PeopleImport import(work, today, [&](const PeopleImport::Told& row) { ... });
///     for (line : file) import.add(line.row, line.number);
///     import.finish();            // the last rows, and the audit row
class PeopleImport {
public:
    /// Why it cannot be said who a row means.
    enum class Doubt {
        none,
        several, ///< it fits several people as well
        birthday ///< name and address are somebody's, the birthday is another
    };
    struct Told {
        std::size_t line{0};                    ///< as given
        std::string_view name_used{};           ///< as given
        PersonId person{};                      ///< who was added; 0 if nobody was
        std::optional<PersonId> duplicate_of{}; ///< as People::alike; of several, with whom the most agrees
        bool by_name_alone{false};              ///< too little is known to tell the two apart
        Doubt doubt{Doubt::none};               ///< nobody was added, and people have to say who is meant
        std::vector<PersonId> perhaps{};        ///< in doubt: who it may be, by id
    };
    /// May read and change the record.
    using Tell = std::function<void(const Told&)>;

    /// `from`: first day of names and contacts, the programme's day; absent: the unit's day in UTC.
    explicit PeopleImport(UnitOfWork& work, std::optional<Date> from = {}, Tell tell = {});
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
    /// Throws Error{invalid_input} for text that is not clean; the row is forgotten then and the import may go on.
    void add(const Row& row, std::size_t line);

    /// How many were added so far; rows that wait are not.
    std::int64_t added() const;

    /// Stores what waits, then one audit row that vouches for everybody added: "people.imported", "person 12..311".
    /// Nothing for none. An audit row of somebody else in between vouches for those stored before it.
    void finish();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace peercert::storage
