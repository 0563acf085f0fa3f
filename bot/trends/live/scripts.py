"""What Redis does in one step, whatever several machines do at once: Lua, in its own words."""

# KEYS: parts. ARGV: the first part of a new store.
BEGIN = """
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('HSET', KEYS[1], ARGV[1], 'open')
end
"""

# Opens the next part of a week that has none open, and returns the open one.
_RUNNING = """
local function running_part(parts, week, first)
  local known = redis.call('HGETALL', parts)
  local last
  for i = 1, #known, 2 do
    local of, number = known[i]:match('^(.*)/(%d+)$')
    if of == week then
      if known[i + 1] == 'open' then return known[i] end
      last = math.max(last or 0, tonumber(number))
    end
  end
  local opened = week .. '/' .. (last and last + 1 or first)
  redis.call('HSET', parts, opened, 'open')
  return opened
end
"""

# KEYS: parts. ARGV: the last week to seal; and to seal the running week as well, the number of its
# first part. What is sealed early was open, and the next part opens at once: so which parts there
# are never tells whether somebody asked.
SEAL = f"""{_RUNNING}
if ARGV[2] then running_part(KEYS[1], ARGV[1], ARGV[2]) end
local parts = redis.call('HGETALL', KEYS[1])
for i = 1, #parts, 2 do
  if parts[i + 1] == 'open' and parts[i]:sub(1, #ARGV[1]) <= ARGV[1] then
    redis.call('HSET', KEYS[1], parts[i], 'sealed')
  end
end
if ARGV[2] then running_part(KEYS[1], ARGV[1], ARGV[2]) end
"""

# KEYS: people and deliveries of the day, parts, the beginning of the names of counts.
# ARGV: token, delivery, the most that counts, seconds, week, the number of its part if there is
# none, how many of the cells a second question counts in, then the cells: these first.
COUNT = f"""{_RUNNING}
local people, deliveries, parts, counts = unpack(KEYS)
local caller, delivery, most, seconds, week, first, again = unpack(ARGV)
if delivery ~= '' then
  if redis.call('SADD', deliveries, delivery) == 0 then return end
  redis.call('EXPIRE', deliveries, seconds)
end
local asked = tonumber(redis.call('HGET', people, caller) or 0)
if asked >= tonumber(most) then return end
redis.call('HINCRBY', people, caller, 1)
redis.call('EXPIRE', people, seconds)

local running = running_part(parts, week, first)
local cells = 7
local last_cell = asked == 0 and #ARGV or cells + tonumber(again)
for i = cells + 1, last_cell do
  redis.call('HINCRBY', counts .. ':' .. running, ARGV[i], 1)
end
"""
