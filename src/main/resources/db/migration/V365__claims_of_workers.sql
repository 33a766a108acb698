-- Which of its owner's workers holds a message. A worker that has nothing in hand takes again what still lies under its name.
alter table broker_messages add column worker integer;
