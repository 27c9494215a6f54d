-- A script for wrk that repeats one action. TARGET is its name, BODY its input. %d in BODY becomes a
-- number that is different in each request, or below OF if OF is set.
local of = tonumber(os.getenv("OF") or "0")
local count, offset = 0, tonumber(os.getenv("OFFSET") or "0")
local body = os.getenv("BODY") or "{}"
local numbered = body:find("%%d") ~= nil
local headers = {
  ["Host"] = "127.0.0.1",
  ["Content-Type"] = "application/x-amz-json-1.1",
  ["X-Amz-Target"] = "Lightsail_20161128." .. os.getenv("TARGET"),
  ["X-Amz-Date"] = "20260101T000000Z",
  ["Authorization"] = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/lightsail/aws4_request, "
    .. "SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=" .. ("0"):rep(64),
}
local fixed = wrk.format("POST", "/", headers, body)

function request()
  if not numbered then return fixed end
  count = count + 1
  local number = of > 0 and count % of or offset + count
  return wrk.format("POST", "/", headers, body:format(number))
end

function done(summary, latency)
  io.write(string.format("RESULT %f %f %f %d\n", summary.requests / summary.duration * 1e6,
    latency:percentile(50), latency:percentile(99),
    summary.errors.status + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
