#include "handlers/disks/attachment.hpp"
#include "handlers/instances/deletion.hpp"
#include "handlers/networking/static_ips.hpp"

namespace papersail {
namespace {

// Recorded: the operations of the disks come first.
constexpr InstanceDetachment functions[] = {detach_disks, free_static_ip};

}  // namespace

const std::span<const InstanceDetachment> instance_detachments = functions;

}  // namespace papersail
