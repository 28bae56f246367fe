#pragma once

#include <string>

#include "services/aid/storage/payment/payment_file_unit_of_work.h"

namespace bangkit::aid {

/// This part of the file for the bank, as pain.001.001.03. The ids in it are references: of the
/// batch for the message, of the application for each payment, with its attempt for the
/// instruction.
std::string ContentOf(const PaymentFilePage& page);

}  // namespace bangkit::aid
