#pragma once

#include <string>

#include "domain/instant.hpp"
#include "storage/applications.hpp"
#include "storage/audit.hpp"
#include "storage/bundles.hpp"
#include "storage/ce_approvals.hpp"
#include "storage/cohorts.hpp"
#include "storage/confirmations.hpp"
#include "storage/consents.hpp"
#include "storage/credentials.hpp"
#include "storage/duplicates.hpp"
#include "storage/editions.hpp"
#include "storage/enrolments.hpp"
#include "storage/entries.hpp"
#include "storage/import_mappings.hpp"
#include "storage/installations.hpp"
#include "storage/merges.hpp"
#include "storage/numbers.hpp"
#include "storage/organizations.hpp"
#include "storage/packets.hpp"
#include "storage/people.hpp"
#include "storage/places.hpp"
#include "storage/proposals.hpp"
#include "storage/sign_offs.hpp"
#include "storage/whole_record.hpp"

namespace peercert::storage {

class Connection;

/// One transaction. Made by Store; lives as long as the closure it is given to. In a read unit, anything that would
/// change the database throws Error{internal}.
class UnitOfWork {
public:
    explicit UnitOfWork(Connection& connection);
    UnitOfWork(const UnitOfWork&) = delete;
    UnitOfWork& operator=(const UnitOfWork&) = delete;

    /// Recorded-at of everything this unit adds (write units only).
    domain::Instant now() const;
    const std::string& actor() const;

private:
    friend class PeopleImport;
    Connection& connection_; // first: the repositories below are made from it

public:
    Installations installation;
    Numbers numbers;
    People people;
    Merges merges;
    Duplicates duplicates;
    Consents consents;
    Organizations organizations;
    Cohorts cohorts;
    Enrolments enrolments;
    Places places;
    PlacePapers papers;
    Bundles bundles;
    Editions editions;
    Proposals proposals;
    Entries entries;
    SignOffs sign_offs;
    CeApprovals ce_approvals;
    Applications applications;
    Credentials credentials;
    Confirmations confirmations;
    Audit audit;
    WholeRecord whole;
    Packets packets;
    ImportMappings import_mappings;
};

} // namespace peercert::storage
