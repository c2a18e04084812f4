@export()
@description('The numbered secrets of one use. Each number n is a secret `keys-{use}-{n}` of the vault.')
type keyRing = {
  @description('The number that new links, rows or feeds are made with. It is one of `live`.')
  @minValue(1)
  current: int

  @description('Every number that is still accepted.')
  @minLength(1)
  live: int[]
}
