"""A synthetic county with known truth, for the demo, the tests and the benchmarks. The order of things:

worlds, period, places, names, families, people, ties -> setting    who lives there, and what their world is like
conflicts, dynamics                                                 who is at odds with whom, and how it goes day by day
feuding, street, nearby, events, lives                              what happened
recording, incidents, offences                                      what the police recorded of it
stories, wording, intelligence, exclusions                          what informants told, and whom schools sent home
errors, slips, versions                                             how people were written down, corrected, withdrawn
spoiling, writing, deliveries                                       the files that agencies send
contacts, oracle, truth                                             the truth beside them
county                                                              all of it, in order

A new world is one entry in worlds.py. Names, offences and sentences are tables: names.toml, offences.toml, phrases.toml.
"""
