#pragma once

#include "exchange/json.hpp"
#include "services/assessment.hpp"
#include "services/certification.hpp"
#include "services/cohorts.hpp"
#include "services/hours.hpp"
#include "services/imports.hpp"
#include "services/ledger.hpp"
#include "services/people.hpp"
#include "services/reports/coverage.hpp"
#include "services/reports/everybody.hpp"
#include "services/reports/role_share.hpp"
#include "services/reports/staff_training.hpp"

/// The stable JSON shapes of what services answer, shared by `--json` and the HTTP API. Days are YYYY-MM-DD, instants
/// UTC, amounts whole minutes, cents or hundredths; a member that is null says "not known", an absent one "does not
/// apply".
namespace peercert::words {

using exchange::Json;

Json person_json(const services::PersonLine& person);
Json person_json(const services::PersonView& person);
Json organization_json(const domain::Organization& organization);
Json ledger_line_json(const services::LedgerLine& line);
Json confirmation_json(const services::ConfirmationView& view);
Json role_share_json(const services::RoleShare& share);
Json cohort_json(const domain::Cohort& cohort);
Json cohort_json(const services::CohortView& cohort);
Json progress_json(const services::Progress& progress);
Json relying_json(const services::Relying& relying);
Json review_json(const services::CompletionReview& review);
Json completed_json(const services::Completed& completed);
Json accepted_json(const services::Accepted& accepted);
Json assessment_json(const services::Assessment& assessment);
Json fee_json(const rules::FeeAnswer& fee);
Json open_clause_json(const services::OpenClause& open);
Json application_json(const services::ApplicationView& application);
Json decided_json(const services::Decided& decided);
Json added_level_json(const credentials::AddedLevel& level);
Json credential_json(const services::CredentialView& credential);
Json import_json(const services::ImportReport& report);
Json coverage_json(const services::Coverage& coverage);
Json everybody_json(const std::vector<services::StepCount>& counts);
Json staff_training_json(const services::StaffTraining& report);
Json organization_score_json(const domain::OrganizationScore& score);

} // namespace peercert::words
