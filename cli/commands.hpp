#pragma once

#include <vector>

#include "cli/command.hpp"

/// One function a noun, each in cli/commands/<noun>.cpp.
namespace peercert::cli {

std::vector<Command> verify_commands();
std::vector<Command> serve_commands();

std::vector<Command> person_commands();
std::vector<Command> person_packet_commands(); ///< part of person_commands
std::vector<Command> packet_commands();
std::vector<Command> person_consent_commands();   ///< part of person_commands
std::vector<Command> person_duplicate_commands(); ///< part of person_commands
std::vector<Command> person_merge_commands();     ///< part of person_commands
std::vector<Command> organization_commands();
std::vector<Command> cohort_commands();
std::vector<Command> cohort_open_commands();    ///< part of cohort_commands
std::vector<Command> cohort_session_commands(); ///< part of cohort_commands
std::vector<Command> cohort_bundle_commands();  ///< part of cohort_commands
std::vector<Command> bundle_commands();
std::vector<Command> place_commands();
std::vector<Command> place_seat_commands();      ///< part of place_commands
std::vector<Command> cohort_calendar_commands(); ///< part of cohort_commands
std::vector<Command> record_commands();
std::vector<Command> hours_commands();
std::vector<Command> signoff_commands();
std::vector<Command> competency_commands();
std::vector<Command> ce_commands();
std::vector<Command> import_commands();
std::vector<Command> import_record_commands(); ///< part of import_commands

std::vector<Command> assess_commands();
std::vector<Command> plan_commands();
std::vector<Command> what_if_commands();
std::vector<Command> status_commands();
std::vector<Command> replay_commands();
std::vector<Command> application_commands();
std::vector<Command> credential_commands();
std::vector<Command> report_commands();

std::vector<Command> init_commands();
std::vector<Command> doctor_commands();
std::vector<Command> backup_commands();
std::vector<Command> restore_commands();
std::vector<Command> export_commands();
std::vector<Command> db_commands();
std::vector<Command> audit_commands();
std::vector<Command> issuance_commands();
std::vector<Command> clock_commands();

std::vector<Command> curriculum_commands();
std::vector<Command> curriculum_change_commands();    ///< part of curriculum_commands
std::vector<Command> curriculum_publish_commands();   ///< part of curriculum_commands
std::vector<Command> curriculum_case_file_commands(); ///< part of curriculum_commands
std::vector<Command> plugin_commands();

std::vector<Command> completion_commands();
std::vector<Command> man_commands();
std::vector<Command> version_commands();

} // namespace peercert::cli
